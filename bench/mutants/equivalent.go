package main

// equivalents are mutants that no test can tell from the code, each with why. They are named by the text of
// their line, which outlives its number.
var equivalents = []struct{ file, kind, source, why string }{
	{"card/sign.go", "constant", "signed := make(url.Values, len(q)+2)", "room, which grows by itself"},
	{"card/sign.go", "arithmetic", "signed := make(url.Values, len(q)+2)", "the same"},
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
