package fonts

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"testing"
)

// contents is the hash of the embedded files that Version names. When a font changes, change
// Version with it: kept pictures were drawn with the old one.
const contents = "bbbd29382a8555300906d2831feefb0c76d0cd6781ea14bf4f9c5258a0c36e94"

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

func TestFor(t *testing.T) {
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		r          rune
		lang, want string
	}{
		{'A', "en", "Pretendard-ExtraBold"}, {'각', "ko", "Pretendard-ExtraBold"}, {'힣', "ko", "Pretendard-ExtraBold"},
		{'я', "ru", "Pretendard-ExtraBold"}, {'ế', "vi", "Pretendard-ExtraBold"}, {'あ', "ko", "Pretendard-ExtraBold"},
		{'あ', "ja", "NotoSansCJKkr-Bold-subset"}, {'。', "zh", "NotoSansCJKkr-Bold-subset"},
		{'美', "ko", "NotoSansCJKkr-Bold-subset"}, {'龘', "zh", "NotoSansCJKkr-Bold-subset"},
		{'ع', "ar", "NotoSansArabic-Bold"}, {'ש', "he", "NotoSansHebrew-Bold"}, {'ह', "hi", "NotoSansDevanagari-Bold"}, {'ก', "th", "NotoSansThai-Bold"},
		{'…', "ko", "Pretendard-ExtraBold"}, {'₩', "ko", "Pretendard-ExtraBold"}, {'“', "ko", "Pretendard-ExtraBold"}, {'㎞', "ko", "Pretendard-ExtraBold"},
	} {
		f, ok := set.For(tt.r, ExtraBold, tt.lang)
		if !ok || f.Name != tt.want {
			t.Errorf("%c in %s: %+v, want %s", tt.r, tt.lang, f, tt.want)
		}
	}
	if f, ok := set.For('\U00012000', Bold, ""); ok {
		t.Errorf("cuneiform is drawn by %s", f.Name)
	}
}

func TestEveryHangulSyllable(t *testing.T) {
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []Weight{Medium, Bold, ExtraBold} {
		for r := rune(0xac00); r <= 0xd7a3; r++ {
			if !set.Main(w).Has(r) {
				t.Fatalf("weight %d lacks %c", w, r)
			}
		}
	}
}
