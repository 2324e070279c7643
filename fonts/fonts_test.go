package fonts

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"strings"
	"testing"
	"testing/fstest"
)

// contents is the hash of the embedded files of this Version. If a font changes, change Version too: cached pictures
// were drawn with the old font.
const contents = "f16e6fbedcd6d39672fa5d0ceedda90a058f749c0bc507366ed8789bcee585c6"

func TestVersionNamesTheFiles(t *testing.T) {
	h := sha256.New()
	err := fs.WalkDir(files, "files", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := files.ReadFile(path)
		h.Write([]byte(path))
		h.Write(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != contents {
		t.Errorf("the fonts have changed: raise Version and set contents to %s", got)
	}
}

func load(t testing.TB) *Set {
	t.Helper()
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestFor(t *testing.T) {
	set := load(t)
	for _, tt := range []struct{ grapheme, lang, want string }{
		{"A", "en", "Pretendard-ExtraBold"}, {"각", "ko", "Pretendard-ExtraBold"}, {"힣", "ko", "Pretendard-ExtraBold"},
		{"я", "ru", "Pretendard-ExtraBold"}, {"ế", "vi", "Pretendard-ExtraBold"}, {"あ", "ko", "Pretendard-ExtraBold"},
		{"あ", "ja", "NotoSansCJKkr-Bold-subset"}, {"。", "zh", "NotoSansCJKkr-Bold-subset"},
		{"美", "ko", "NotoSansCJKkr-Bold-subset"}, {"龘", "zh", "NotoSansCJKkr-Bold-subset"},
		{"ع", "ar", "NotoSansArabic-Bold"}, {"،", "ar", "NotoSansArabic-Bold"}, {"שׁ", "he", "NotoSansHebrew-Bold"},
		{"हि", "hi", "NotoSansDevanagari-Bold"}, {"กี่", "th", "NotoSansThai-Bold"}, {"ໜ", "lo", "NotoSansLao-Bold"},
		{"ক", "bn", "NotoSansBengali-Bold"}, {"ਕ", "pa", "NotoSansGurmukhi-Bold"}, {"ક", "gu", "NotoSansGujarati-Bold"},
		{"କ", "or", "NotoSansOriya-Bold"}, {"க", "ta", "NotoSansTamil-Bold"}, {"క", "te", "NotoSansTelugu-Bold"},
		{"ಕ", "kn", "NotoSansKannada-Bold"}, {"ക", "ml", "NotoSansMalayalam-Bold"}, {"ක", "si", "NotoSansSinhala-Bold"},
		{"က", "my", "NotoSansMyanmar-Bold"}, {"ក", "km", "NotoSansKhmer-Bold"}, {"አ", "am", "NotoSansEthiopic-Bold"},
		{"ქ", "ka", "NotoSansGeorgian-Bold"}, {"Հ", "hy", "NotoSansArmenian-Bold"}, {"ދ", "dv", "NotoSansThaana-Bold"},
		{"ᶏ", "en", "NotoSans-Bold"}, {"▲", "ko", "Pretendard-ExtraBold"}, {"☎", "ko", "NotoSansCJKkr-Bold-subset"}, {"∼", "ko", "NotoSansCJKkr-Bold-subset"},
		{"𠮷", "ja", "NotoSansCJKkr-Bold-subset"}, {"𠮷", "ko", "NotoSansCJKkr-Bold-subset"}, {"㓤", "zh", "NotoSansCJKkr-Bold-subset"},
		{"↦", "en", "NotoSansMath-Regular-subset"}, {"∛", "en", "NotoSansMath-Regular-subset"},
		{"…", "ko", "Pretendard-ExtraBold"}, {"₩", "ko", "Pretendard-ExtraBold"}, {"“", "ko", "Pretendard-ExtraBold"}, {"㎞", "ko", "Pretendard-ExtraBold"},
		{"😀", "en", "NotoColorEmoji"}, {"👩\u200d🚀", "en", "NotoColorEmoji"}, {"🇰🇷", "ko", "NotoColorEmoji"},
	} {
		f, ok := set.For([]rune(tt.grapheme), Face{Weight: ExtraBold}, tt.lang)
		if !ok || f.Name != tt.want {
			t.Errorf("%s in %s: %+v, want %s", tt.grapheme, tt.lang, f, tt.want)
		}
	}
	if f, ok := set.For([]rune{'\U00012000'}, Face{}, ""); ok {
		t.Errorf("cuneiform is drawn by %s", f.Name)
	}
}

func TestEveryHangulSyllable(t *testing.T) {
	set := load(t)
	for _, w := range []Weight{Medium, Bold, ExtraBold} {
		for r := rune(0xac00); r <= 0xd7a3; r++ {
			if !set.Main(Face{Weight: w}).Has(r) {
				t.Fatalf("weight %d lacks %c", w, r)
			}
		}
	}
}

// TestEveryFileIsWhatItIsCalled parses all files. Each must be of its family, and have a glyph in each of its ranges.
func TestEveryFileIsWhatItIsCalled(t *testing.T) {
	set := load(t)
	for _, e := range embedded {
		f := set.Main(Face{e.family, e.weight})
		if f.Weight != e.weight || !strings.HasPrefix(e.file, f.Name) {
			t.Errorf("%s: got %s at %d", e.file, f.Name, f.Weight)
		}
		if got := f.Font().Describe().Family; got != e.family {
			t.Errorf("%s holds the family %q", e.file, got)
		}
		for _, s := range e.ranges {
			some := false
			for r := s.first; r <= s.last && !some; r++ {
				some = f.Has(r)
			}
			if !some {
				t.Errorf("%s has nothing in %04X-%04X", e.file, s.first, s.last)
			}
		}
	}
}

// file returns an embedded file, which the tests use as a newsroom's own.
func file(t testing.TB, name string) *fstest.MapFile {
	t.Helper()
	raw, err := embeddedFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return &fstest.MapFile{Data: raw}
}

func TestWithAddsAndReplaces(t *testing.T) {
	thai := file(t, "NotoSansThai-Bold.ttf")
	set := load(t)
	next, err := set.With(fstest.MapFS{"thai/Ours.ttf": thai, "thai/LICENSE.txt": {Data: []byte("words")}})
	if err != nil {
		t.Fatal(err)
	}
	if f, ok := next.For([]rune("ก"), Face{Weight: Bold}, "th"); !ok || f.Name != "Ours" {
		t.Errorf("Thai is drawn by %+v", f)
	}
	if f, ok := set.For([]rune("ก"), Face{Weight: Bold}, "th"); !ok || f.Name != "NotoSansThai-Bold" {
		t.Errorf("the old set draws with %+v", f)
	}
	if next.Version() == set.Version() {
		t.Error("both sets have one version")
	}

	hebrew := file(t, "NotoSansHebrew-Bold.ttf")
	renamed := bytes.ReplaceAll(hebrew.Data, utf16("Noto Sans Hebrew"), utf16("Coast Hebrew 123"))
	next, err = set.With(fstest.MapFS{"coast.ttf": {Data: renamed}})
	if err != nil {
		t.Fatal(err)
	}
	if f, ok := next.For([]rune("ש"), Face{}, "he"); !ok || f.Family != "Coast Hebrew 123" {
		t.Errorf("an added family does not stand before the fallbacks: %+v", f)
	}
	if f := next.Main(Face{"Coast Hebrew 123", ExtraBold}); f.Weight != Bold {
		t.Errorf("the nearest weight is %d", f.Weight)
	}
	if f, ok := next.For([]rune("A각"), Face{"Coast Hebrew 123", Bold}, "ko"); !ok || f.Family != mainFamily {
		t.Errorf("what the family lacks is drawn by %+v", f)
	}
}

func utf16(s string) []byte {
	var b []byte
	for _, c := range []byte(s) {
		b = append(b, 0, c)
	}
	return b
}

func TestWithRefusesWhatItCannotRead(t *testing.T) {
	set := load(t)
	good := file(t, "NotoSansHebrew-Bold.ttf")
	noise := bytes.Clone(good.Data)
	for i := len(noise) / 2; i < len(noise); i += 37 {
		noise[i] ^= 0x5a
	}
	vast := bytes.Clone(good.Data)
	copy(vast[12+12:], "\xff\xff\xff\xf0") // the length of the first table
	for _, tt := range []struct {
		name, want string
		data       []byte
	}{
		{"vast.ttf", "font vast.ttf: is broken or cut short: its table", vast},
		{"vast.ttc", "font vast.ttc: cannot be read: a collection of", []byte("ttcf\x00\x01\x00\x00\xff\xff\xff\xff\x00\x00\x00\x00")},
		{"noise.ttf", "font noise.ttf: ", noise},
		{"broken.ttf", "font broken.ttf: cannot be read", []byte("not a font")},
		{"empty.otf", "font empty.otf: cannot be read", nil},
		{"cut.ttf", "font cut.ttf: ", good.Data[:len(good.Data)/2]},
		{"web.woff2", "font web.woff2: WOFF 2 is not read", []byte("wOF2")},
		{"readme.md", "holds no font file", nil},
	} {
		_, err := set.With(fstest.MapFS{tt.name: {Data: tt.data}})
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", path.Base(tt.name), err, tt.want)
		}
	}
}

// FuzzWith: for any bytes as a font, With returns an error or a set, and does not panic.
func FuzzWith(f *testing.F) {
	f.Add([]byte("OTTO"))
	f.Add(file(f, "NotoSansHebrew-Bold.ttf").Data)
	set := load(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		next, err := set.With(fstest.MapFS{"x.ttf": {Data: raw}})
		if (err == nil) != (next != nil) {
			t.Fatalf("%v and %v", next, err)
		}
	})
}
