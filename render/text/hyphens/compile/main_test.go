package main

import (
	"maps"
	"testing"
)

// TestAdd: patterns are written as TeX has them, and exceptions above all levels.
func TestAdd(t *testing.T) {
	all := map[string]string{}
	err := add(all, []byte(`[[[0,0,0,4],[2,1],[0,0,3]],{".":{"a":{"c":{"h":0}}},"a":[{"ß":{"c":2}},1]},{"associate":[2,5],"chef":[]}]`))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		".ach": ".ach4", "a": "2a1", "aßc": "aß3c", ".associate.": ".8a8s9s8o9c8i8a8t8e.", ".chef.": ".8c8h8e8f.",
	}
	if !maps.Equal(all, want) {
		t.Errorf("%q, want %q", all, want)
	}
	if err := add(all, []byte(`[[]]`)); err == nil {
		t.Error("a part is enough")
	}
}
