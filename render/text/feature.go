package text

import (
	"slices"
	"strconv"
	"strings"

	ot "github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/shaping"

	"newsroom.example/cards/fonts"
)

// featuresOf returns the features of a Style's text; nil for "". It leaves out what is none.
func featuresOf(text string) (all []shaping.FontFeature) {
	for word := range strings.FieldsSeq(text) {
		tag, value, given := strings.Cut(word, "=")
		n, err := strconv.ParseUint(value, 10, 16)
		if !given {
			n, err = 1, nil
		}
		if len(tag) == 4 && err == nil {
			all = append(all, shaping.FontFeature{Tag: ot.MustNewTag(tag), Value: uint32(n)})
		}
	}
	return all
}

// names reports whether the font is of one of the style's families; without families, whether it is the main font.
func (st Style) names(f *fonts.Font, set *fonts.Set) bool {
	if st.Families == "" {
		return f == set.Main(st.face())
	}
	return slices.Contains(strings.Split(st.Families, ","), f.Family)
}
