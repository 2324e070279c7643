package main

// equivalents lists mutants that behave like the original code, so that no test can detect them, with the reasons. It
// identifies them by the text of their line, because line numbers change more often.
var equivalents = []struct{ file, kind, source, why string }{
	{"card/sign.go", "constant", "signed := make(url.Values, len(q)+2)", "room, which grows by itself"},
	{"card/sign.go", "arithmetic", "signed := make(url.Values, len(q)+2)", "the same"},
	{"internal/fetch/guard.go", "boundary", `case strings.HasPrefix(rule, ".") && len(rule) > 1:`,
		"no host ends in a dot here"},
	{"internal/fetch/guard.go", "logic", "if ap.Addr() == azureWire || ap.Addr().Unmap() == azureWire {",
		"mapped addresses are refused as such, too"},
	{"internal/fetch/guard.go", "constant",
		"addr := net.JoinHostPort(ap.Addr().String(), strconv.FormatUint(uint64(ap.Port()), 10))", "any port is safe"},
	{"share/tweet.go", "constant", "var lightRanges = [][2]rune{{0, 4351}, {8192, 8205}, {8208, 8223}, {8242, 8247}}",
		"of its numbers all but the length of a pair are pinned by TestRuneWeight"},
	{"internal/audience/patterns.go", "constant",
		"browser class = 1 << iota // a browser, or a program that pretends to be one", "the next bits do as well"},
}

// equivalent reports whether equivalents lists the mutant.
func (m mutant) equivalent() bool {
	for _, e := range equivalents {
		if e.file == m.file && e.kind == m.kind && e.source == m.source {
			return true
		}
	}
	return false
}
