package photo

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"
	"image/png"
	"math"
	"testing"
)

// madeProfile is a profile of one device from its tags.
func madeProfile(space, pcs string, names []string, tags map[string][]byte) []byte {
	out := make([]byte, 132+12*len(names))
	copy(out[8:], []byte{4, 0x30, 0, 0})
	copy(out[12:], "mntr"+space+pcs)
	copy(out[36:], "acsp")
	for i, v := range white {
		copy(out[68+4*i:], s15(v))
	}
	binary.BigEndian.PutUint32(out[128:], uint32(len(names)))
	for i, name := range names {
		at := out[132+12*i:]
		copy(at, name)
		binary.BigEndian.PutUint32(at[4:], uint32(len(out)))
		binary.BigEndian.PutUint32(at[8:], uint32(len(tags[name])))
		out = append(out, tags[name]...)
		out = append(out, make([]byte, (4-len(out)%4)%4)...)
	}
	binary.BigEndian.PutUint32(out, uint32(len(out)))
	return out
}

func s15(v float64) []byte {
	return binary.BigEndian.AppendUint32(nil, uint32(int32(math.Round(v*65536))))
}

func xyzTag(v [3]float64) []byte {
	return append(append(append([]byte("XYZ \x00\x00\x00\x00"), s15(v[0])...), s15(v[1])...), s15(v[2])...)
}

func paraTag(kind uint16, v ...float64) []byte {
	out := binary.BigEndian.AppendUint16([]byte("para\x00\x00\x00\x00"), kind)
	out = append(out, 0, 0)
	for _, p := range v {
		out = append(out, s15(p)...)
	}
	return out
}

func curvTag(v ...uint16) []byte {
	out := binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), uint32(len(v)))
	for _, p := range v {
		out = binary.BigEndian.AppendUint16(out, p)
	}
	return out
}

// The colours of three devices under D50, and the tone curve that two of them share.
var (
	srgbCurve   = paraTag(3, 2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045)
	srgbColours = [3][3]float64{{0.43607, 0.22249, 0.01392}, {0.38515, 0.71687, 0.09708}, {0.14307, 0.06061, 0.71410}}
	p3Colours   = [3][3]float64{{0.51512, 0.24120, -0.00105}, {0.29198, 0.69225, 0.04189}, {0.15710, 0.06657, 0.78407}}
	a98Colours  = [3][3]float64{{0.60974, 0.31111, 0.01947}, {0.20528, 0.62567, 0.06087}, {0.14919, 0.06322, 0.74457}}
)

func matrixProfile(colours [3][3]float64, curve []byte) []byte {
	return madeProfile("RGB ", "XYZ ", []string{"rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC", "wtpt"}, map[string][]byte{
		"rXYZ": xyzTag(colours[0]), "gXYZ": xyzTag(colours[1]), "bXYZ": xyzTag(colours[2]),
		"rTRC": curve, "gTRC": curve, "bTRC": curve, "wtpt": xyzTag(white),
	})
}

func srgbProfile() []byte { return matrixProfile(srgbColours, srgbCurve) }
func p3Profile() []byte   { return matrixProfile(p3Colours, srgbCurve) }
func a98Profile() []byte  { return matrixProfile(a98Colours, curvTag(563)) } // gamma 2.2
func greyProfile() []byte {
	return madeProfile("GRAY", "XYZ ", []string{"kTRC", "wtpt"}, map[string][]byte{"kTRC": curvTag(1 << 8), "wtpt": xyzTag(white)}) // gamma 1
}

// inkProfile is a profile of four inks as a table of lut8, lut16 or, for 0, lutAToB: each ink
// takes its share of light away, in L*a*b*.
func inkProfile(kind int) []byte {
	name, ends := map[int]string{0: "mAB ", 1: "mft1", 2: "mft2"}[kind], map[int]int{1: 256, 2: 2}[kind]
	t := append([]byte(name+"\x00\x00\x00\x00"), 4, 3, 3, 0)
	number := func(v float64) []byte {
		if kind == 1 {
			return []byte{byte(math.Round(v * 255))}
		}
		return binary.BigEndian.AppendUint16(nil, uint16(math.Round(v*65535)))
	}
	straight := func(curves int) {
		for range curves {
			for i := range ends {
				t = append(t, number(float64(i)/float64(ends-1))...)
			}
			if kind == 0 {
				t = append(t, curvTag()...)
			}
		}
	}
	switch kind {
	case 0: // B at 32, grid at 68, A behind it
		t[10] = 0
		for _, at := range []uint32{32, 0, 0, 68, 68 + 20 + 81*6 + 2} {
			t = binary.BigEndian.AppendUint32(t, at)
		}
		straight(3)
		t = append(append(t, 3, 3, 3, 3), make([]byte, 12)...)
		t = append(t, 2, 0, 0, 0)
	case 1:
		t = append(t, make([]byte, 36)...)
		straight(4)
	case 2:
		t = append(append(t, make([]byte, 36)...), 0, 2, 0, 2)
		straight(4)
	}
	for i := range 81 {
		c, m, y, k := float64(i/27)/2, float64(i/9%3)/2, float64(i/3%3)/2, float64(i%3)/2
		l := (1 - 0.35*c) * (1 - 0.45*m) * (1 - 0.1*y) * (1 - 0.9*k)
		for _, v := range []float64{l, 0.5 + 0.25*(m-c)*(1-k), 0.5 + 0.3*(y-(c+m)/2)*(1-k)} {
			t = append(t, number(v)...)
		}
	}
	if kind == 0 {
		t = append(t, 0, 0)
		straight(4)
	} else {
		straight(3)
	}
	return madeProfile("CMYK", "Lab ", []string{"A2B0", "wtpt"}, map[string][]byte{"A2B0": t, "wtpt": xyzTag(white)})
}

// withICC puts a profile into a JPEG, in parts of at most size bytes.
func withICC(data, profile []byte, size int) []byte {
	out := append([]byte{}, data[:2]...)
	all := (len(profile) + size - 1) / size
	for i := range all {
		part := profile[i*size : min((i+1)*size, len(profile))]
		body := append([]byte("ICC_PROFILE\x00"), byte(i+1), byte(all))
		body = append(body, part...)
		out = append(append(out, 0xff, markerAPP2, byte((len(body)+2)>>8), byte(len(body)+2)), body...)
	}
	return append(out, data[2:]...)
}

// withChunk puts a chunk behind a PNG's header.
func withChunk(data []byte, name string, body []byte) []byte {
	const head = 8 + 25
	return append(append(append([]byte{}, data[:head]...), chunk(name, body)...), data[head:]...)
}

func packed(profile []byte) []byte {
	out := bytes.NewBufferString("a name\x00\x00")
	z := zlib.NewWriter(out)
	_, _ = z.Write(profile)
	_ = z.Close()
	return out.Bytes()
}

// bomb is a packed chunk that unpacks to so many mebibytes of zeros, and never to its end: what
// the packer makes of a mebibyte after another is the same each time.
func bomb(mebibytes int) []byte {
	out := bytes.NewBufferString("a name\x00\x00")
	z := zlib.NewWriter(out)
	for range 2 {
		_, _ = z.Write(make([]byte, 1<<20))
		_ = z.Flush()
	}
	head := out.Len()
	_, _ = z.Write(make([]byte, 1<<20))
	_ = z.Flush()
	return append(out.Bytes()[:head:head], bytes.Repeat(out.Bytes()[head:], mebibytes-2)...)
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// webpWith is a file of RIFF chunks: enough for the reader of profiles.
func webpWith(profile []byte) []byte {
	out := []byte("RIFF\x00\x00\x00\x00WEBP")
	for _, c := range []struct {
		name string
		body []byte
	}{{"VP8X", make([]byte, 10)}, {"ODD ", make([]byte, 3)}, {"ICCP", profile}} {
		out = binary.LittleEndian.AppendUint32(append(out, c.name...), uint32(len(c.body)))
		out = append(append(out, c.body...), make([]byte, len(c.body)%2)...)
	}
	return out
}
