package iptc

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// sets returns data sets, each given as its number and its text.
func sets(all ...any) (out []byte) {
	for i := 0; i < len(all); i += 2 {
		text := all[i+1].(string)
		out = append(out, 0x1c)
		out = binary.BigEndian.AppendUint16(out, uint16(all[i].(int)))
		out = binary.BigEndian.AppendUint16(out, uint16(len(text)))
		out = append(out, text...)
	}
	return out
}

// tiff returns a TIFF structure with texts, each given as its tag and its text.
func tiff(order binary.AppendByteOrder, all ...any) []byte {
	out := []byte("II*\x00\x08\x00\x00\x00")
	if order == binary.BigEndian {
		out = []byte("MM\x00*\x00\x00\x00\x08")
	}
	n := len(all) / 2
	out = order.AppendUint16(out, uint16(n))
	at := len(out) + 12*n + 4
	var texts []byte
	for i := 0; i < len(all); i += 2 {
		text := all[i+1].(string) + "\x00"
		out = order.AppendUint16(out, uint16(all[i].(int)))
		out = order.AppendUint16(out, 2) // ASCII
		out = order.AppendUint32(out, uint32(len(text)))
		if len(text) <= 4 {
			out = append(out, (text + "\x00\x00\x00")[:4]...)
			continue
		}
		out = order.AppendUint32(out, uint32(at+len(texts)))
		texts = append(texts, text...)
	}
	return append(append(out, 0, 0, 0, 0), texts...)
}

// packet returns an XMP packet with the content of its description.
func packet(attributes, elements string) []byte {
	return fmt.Appendf(nil, `<?xpacket begin="%s" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
 <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" %s>
  %s
 </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`, "\ufeff", attributes, elements)
}

const harbor = "한 여성이 항구에서 “안개”를 본다"

func encoded(t *testing.T, e interface{ String(string) (string, error) }, s string) string {
	t.Helper()
	out, err := e.String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestRead(t *testing.T) {
	korean := encoded(t, korean.EUCKR.NewEncoder(), harbor)
	latin := encoded(t, charmap.Windows1252.NewEncoder(), "Café à l’aube")
	japan := encoded(t, japanese.ShiftJIS.NewEncoder(), "港の朝、霧が晴れる")
	china := encoded(t, simplifiedchinese.GB18030.NewEncoder(), "清晨的港口，雾气散去")
	long := strings.Repeat("a b ", maxText)
	for name, tt := range map[string]struct {
		m    Metadata
		lang string
		want Fields
	}{
		"nothing": {},
		"XMP elements": {m: Metadata{XMP: packet("", `
			<dc:description><rdf:Alt><rdf:li xml:lang="ko">`+harbor+`</rdf:li>
			<rdf:li xml:lang="x-default">Fog &amp; ferries</rdf:li></rdf:Alt></dc:description>
			<dc:creator><rdf:Seq><rdf:li>Jiwoo Han</rdf:li><rdf:li> Ines Falk </rdf:li></rdf:Seq></dc:creator>
			<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">(c) Harbor Photos</rdf:li></rdf:Alt></dc:rights>
			<photoshop:Credit>Harbor Photos</photoshop:Credit>`)},
			want: Fields{"Fog & ferries", "Jiwoo Han, Ines Falk", "Harbor Photos", "(c) Harbor Photos"}},
		"XMP attributes": {m: Metadata{XMP: packet(`photoshop:Credit="Harbor Photos" dc:description="Fog"`, "")},
			want: Fields{Caption: "Fog", Credit: "Harbor Photos"}},
		"XMP, no default language": {m: Metadata{XMP: packet("",
			`<dc:description><rdf:Alt><rdf:li xml:lang="ko">`+harbor+`</rdf:li><rdf:li xml:lang="en">Fog</rdf:li></rdf:Alt></dc:description>`)},
			want: Fields{Caption: harbor}},
		"XMP, other names": {m: Metadata{XMP: packet("", `<dc:title>No</dc:title><photoshop:Headline>No</photoshop:Headline>`)}},
		"XMP, cut off": {m: Metadata{XMP: packet(`photoshop:Credit="Harbor Photos"`, `<dc:title>No`)[:400]},
			want: Fields{Credit: "Harbor Photos"}},
		"XMP, too long":       {m: Metadata{XMP: append(packet(`photoshop:Credit="A"`, ""), make([]byte, MaxPacket)...)}},
		"XMP, too deep":       {m: Metadata{XMP: packet("", strings.Repeat("<a>", maxDepth)+`<photoshop:Credit>A</photoshop:Credit>`)}},
		"XMP, own entities":   {m: Metadata{XMP: []byte(`<!DOCTYPE x [<!ENTITY a "b">]>` + string(packet("", `<photoshop:Credit>&a;</photoshop:Credit>`)))}},
		"a text that is long": {m: Metadata{XMP: packet("", `<dc:description>`+long[:maxText+1]+`</dc:description>`)}},
		"IIM": {m: Metadata{IIM: sets(1<<8|90, "\x1b%G", setCaption, harbor, setByline, "Jiwoo Han", setByline, "Ines Falk",
			setCredit, "Harbor Photos", setCopyright, "2026 Harbor Photos", 2<<8|25, "fog")},
			want: Fields{harbor, "Jiwoo Han, Ines Falk", "Harbor Photos", "2026 Harbor Photos"}},
		"IIM, source":                   {m: Metadata{IIM: sets(setSource, "Harbor Photos")}, want: Fields{Credit: "Harbor Photos"}},
		"IIM, EUC-KR":                   {m: Metadata{IIM: sets(setCaption, korean)}, want: Fields{Caption: harbor}},
		"IIM, a few syllables":          {m: Metadata{IIM: sets(setByline, korean[:2])}, lang: "ko-KR", want: Fields{Creator: "한"}},
		"IIM, UTF-8 that is not said":   {m: Metadata{IIM: sets(setCaption, harbor)}, want: Fields{Caption: harbor}},
		"IIM, Windows-1252":             {m: Metadata{IIM: sets(setCaption, latin)}, lang: "fr", want: Fields{Caption: "Café à l’aube"}},
		"IIM, Shift JIS":                {m: Metadata{IIM: sets(setCaption, japan)}, lang: "ja", want: Fields{Caption: "港の朝、霧が晴れる"}},
		"IIM, GB 18030":                 {m: Metadata{IIM: sets(setCaption, china)}, lang: "zh-Hans", want: Fields{Caption: "清晨的港口，雾气散去"}},
		"IIM, said to be UTF-8, is not": {m: Metadata{IIM: sets(1<<8|90, "\x1b%G", setCaption, korean)}, want: Fields{Caption: harbor}},
		"IIM, no encoding found":        {m: Metadata{IIM: sets(setCaption, "\xff\xff")}, lang: "ko"},
		"IIM, cut off":                  {m: Metadata{IIM: append(sets(setCredit, "A"), 0x1c, 2, 120, 0, 9, 'a')}, want: Fields{Credit: "A"}},
		"IIM, an extended data set":     {m: Metadata{IIM: append(sets(setCredit, "A"), 0x1c, 2, 120, 0x80, 4, 0, 0, 0, 1, 'a')}, want: Fields{Credit: "A"}},
		"Exif": {m: Metadata{Exif: tiff(binary.LittleEndian, tagDescription, "Fog in the harbor", tagArtist, "Jiwoo Han",
			tagCopyright, "Harbor Photos\x00the editor's")}, want: Fields{Caption: "Fog in the harbor", Creator: "Jiwoo Han", Copyright: "Harbor Photos"}},
		"Exif, EUC-KR":     {m: Metadata{Exif: tiff(binary.BigEndian, tagDescription, korean)}, want: Fields{Caption: harbor}},
		"Exif, short":      {m: Metadata{Exif: tiff(binary.BigEndian, tagArtist, "Han")}, want: Fields{Creator: "Han"}},
		"Exif, a camera's": {m: Metadata{Exif: tiff(binary.BigEndian, tagDescription, "OLYMPUS DIGITAL CAMERA         ")}},
		"XMP before IIM before Exif": {m: Metadata{
			XMP: packet("", `<dc:description>X</dc:description>`), IIM: sets(setCaption, "I", setByline, "I"),
			Exif: tiff(binary.BigEndian, tagDescription, "E e", tagArtist, "E", tagCopyright, "E")},
			want: Fields{Caption: "X", Creator: "I", Copyright: "E"}},
	} {
		if got := Read(tt.m).Decoded(tt.lang); got != tt.want {
			t.Errorf("%s: %+v, want %+v", name, got, tt.want)
		}
	}
}

func TestLine(t *testing.T) {
	for want, f := range map[string]Fields{
		"": {Caption: "Fog"}, "Harbor Photos": {Credit: "Harbor Photos", Copyright: "2026"}, "Jiwoo Han": {Creator: "Jiwoo Han"},
		"Jiwoo Han/Harbor Photos": {Creator: "Jiwoo Han", Credit: "Harbor Photos"},
		"JIWOO HAN / HARBOR":      {Creator: "Jiwoo Han", Credit: "JIWOO HAN / HARBOR"},
		"Jiwoo Han (Harbor)":      {Creator: "Jiwoo Han (Harbor)", Credit: "Harbor"},
		"2026 Harbor Photos":      {Copyright: "2026 Harbor Photos"},
	} {
		if got := f.Line(); got != want {
			t.Errorf("%+v: %q, want %q", f, got, want)
		}
	}
}

// TestDescriptionsOfCameras: what cameras and programs write is no caption; what people write is.
func TestDescriptionsOfCameras(t *testing.T) {
	for _, s := range []string{
		"OLYMPUS DIGITAL CAMERA", "KODAK Digital Still Camera", "SONY DSC", "SAMSUNG", "Exif_JPEG_PICTURE", "DCIM\\100",
		"Created with GIMP", "IMG_2041.JPG", "cof", "Untitled",
	} {
		if !isOfCamera(s) {
			t.Errorf("%q is taken for a caption", s)
		}
	}
	for _, s := range []string{"Fog in the harbor", "항구의안개", "A SAMSUNG store opens in the harbor", "Ferry"[:5] + " at dawn"} {
		if isOfCamera(s) {
			t.Errorf("%q is not taken for a caption", s)
		}
	}
}

func TestOfSegment(t *testing.T) {
	block := func(id uint16, name, data string) string {
		b := binary.BigEndian.AppendUint16([]byte("8BIM"), id)
		b = append(append(b, byte(len(name))), name...)
		if len(name)%2 == 0 {
			b = append(b, 0)
		}
		b = append(binary.BigEndian.AppendUint32(b, uint32(len(data))), data...)
		if len(data)%2 == 1 {
			b = append(b, 0)
		}
		return string(b)
	}
	whole := block(0x03ed, "", "12345") + block(0x0404, "name", "sets") + block(0x0404, "", "later")
	for want, segments := range map[string][]string{
		"sets": {whole, block(0x0404, "odd", "sets"), whole[:len(whole)-18]},
		"":     {"", "8BIM", block(0x03ed, "", "12345"), "XBIM" + whole[4:], whole[:20], "8BIM\x04\x04\xff"},
		"se":   {block(0x0404, "", "sets")[:14]},
	} {
		for _, s := range segments {
			if got := string(OfSegment([]byte("Photoshop 3.0\x00" + s))); got != want {
				t.Errorf("%q: %q, want %q", s, got, want)
			}
		}
	}
	if got := OfSegment([]byte("Adobe_CM\x00" + whole)); got != nil {
		t.Errorf("another segment: %q", got)
	}
}

// FuzzMetadata: whatever the metadata is, texts are short and valid.
func FuzzMetadata(f *testing.F) {
	f.Add(packet(`photoshop:Credit="A"`, `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">B</rdf:li></rdf:Alt></dc:description>`),
		sets(setCaption, "a", setByline, "b"), tiff(binary.LittleEndian, tagDescription, "Fog in the harbor", tagArtist, "Han"), "ko")
	f.Add([]byte("<a"), sets(1<<8|90, "\x1b%G", setCaption, "\xff"), tiff(binary.BigEndian, tagArtist, "\xb0\xa1"), "ja")
	f.Add([]byte(nil), []byte("8BIM\x04\x04\x00\x00\x00\x00\x00\x02ab"), []byte("II*\x00\xff\xff\xff\x7f"), "zh-TW")
	f.Fuzz(func(t *testing.T, xmp, iim, exif []byte, lang string) {
		OfSegment(iim)
		got := Read(Metadata{xmp, iim, exif}).Decoded(lang)
		for _, s := range []string{got.Caption, got.Creator, got.Credit, got.Copyright} {
			if !utf8.ValidString(s) || len(s) > 3*maxText {
				t.Errorf("%q", s)
			}
		}
		if line := got.Line(); len(line) > 6*maxText+1 {
			t.Error("a long line")
		}
	})
}
