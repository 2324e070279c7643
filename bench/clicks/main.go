// Command clicks simulates who can add how many clicks to a story under store.NetworkShare: an attacker, and readers
// who share a network. It prints the tables of docs/clicks.md, or writes them into that file:
//
//	clicks [-write]
//
// Every run has the same result.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
)

const page = "docs/clicks.md"

func main() {
	write := flag.Bool("write", false, "write the tables into "+page)
	flag.Parse()
	if !*write {
		fmt.Print(report())
		return
	}
	old, err := os.ReadFile(page)
	if err == nil {
		var text string
		if text, err = replaced(string(old), report()); err == nil {
			err = os.WriteFile(page, []byte(text), 0o600)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "clicks:", err)
		os.Exit(1)
	}
}

// The marks between which the tables stand in the page.
const (
	beginMark = "<!-- begin: go run ./bench/clicks -write -->\n"
	endMark   = "<!-- end -->\n"
)

// replaced returns the text of the page with other tables.
func replaced(text, tables string) (string, error) {
	head, rest, found := strings.Cut(text, beginMark)
	_, tail, ended := strings.Cut(rest, endMark)
	if !found || !ended {
		return "", fmt.Errorf("%s has no marks", page)
	}
	return head + beginMark + tables + endMark + tail, nil
}
