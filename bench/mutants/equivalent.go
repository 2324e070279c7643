package main

// equivalents are mutants that no test can tell from the code, each with why. They are named by the text of
// their line, which outlives its number.
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
	{"internal/audience/visitors.go", "constant", "h.Write([]byte{0})", "any byte that no address holds sets it apart"},
}

// equivalent reports a mutant that changes nothing which a test could see.
func (m mutant) equivalent() bool {
	for _, e := range equivalents {
		if e.file == m.file && e.kind == m.kind && e.source == m.source {
			return true
		}
	}
	return false
}
