package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestMutants: each kind of change is found at its position with the expected replacement.
func TestMutants(t *testing.T) {
	const src = `package p

func f(a, b int) error {
	defer g()
	if a < b && true {
		g()
	}
	for ; a > 7; a++ {
		continue
	}
	var err error
	return err
}

func g() string { return "x" }
`
	path := filepath.Join(t.TempDir(), "p.go")
	if err := os.WriteFile(path, []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	all, err := mutants(path)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range all {
		got = append(got, m.kind+": "+src[m.start:m.end]+" -> "+m.text)
	}
	want := []string{
		"defer: defer g() -> _ = func() { g() }",
		"condition: a < b && true -> !(a < b && true)",
		"logic: && -> ||",
		"boundary: < -> <=",
		"constant: true -> false",
		"call: g() -> _ = func() { g() }",
		"boundary: > -> >=",
		"constant: 7 -> 8",
		"arithmetic: ++ -> --",
		"branch: continue -> break",
		"return: err -> nil",
		`return: "x" -> ""`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
