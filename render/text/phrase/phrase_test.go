package phrase

import (
	"strings"
	"testing"
)

func TestJoints(t *testing.T) {
	for _, tt := range []struct{ language, want string }{
		{"ja", "港町は|二日目の|嵐に|備えた"},
		{"ja", "新しい|橋が|来月開通します"},
		{"zh-hans", "海|港|居民|准备|迎接|第二|晚|的|风暴"},
		{"zh-hant", "港口|居民|準備|迎接|第二|晚|的|風暴"},
		{"th", "ชาว|เมือง|เตรียม|รับ|พายุ"},
	} {
		runes := []rune(strings.ReplaceAll(tt.want, "|", ""))
		var got strings.Builder
		for i, joint := range Joints(tt.language, runes) {
			if joint {
				got.WriteByte('|')
			}
			got.WriteRune(runes[i])
		}
		if got.String() != tt.want {
			t.Errorf("%s: %s, want %s", tt.language, got.String(), tt.want)
		}
	}
	if Joints("ko", []rune("가나다")) != nil {
		t.Error("Korean has a model")
	}
}

func TestModels(t *testing.T) {
	for name := range models {
		m, err := read(name)
		if err != nil {
			t.Fatal(err)
		}
		if len(m.features) < 6 {
			t.Errorf("%s has %d features", name, len(m.features))
		}
	}
}
