package langid

import "slices"

// Languages returns the languages that a guess can name, sorted.
func Languages() []string {
	all := []string{"zh-Hant"}
	for _, s := range scripts {
		all = append(append(all, s.lang), s.model...)
		for _, l := range s.own {
			all = append(all, l.lang)
		}
	}
	for _, f := range families {
		for _, r := range f {
			all = append(all, r.tag)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
