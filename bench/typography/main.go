// Command typography generates the table and pictures of docs/typography.md. Run it from the repository's root:
//
//	go run ./bench/typography faults     the line-fault table, on standard output
//	go run ./bench/typography texts      the texts of the table and the gallery as JSON, for peers.mjs
//	go run ./bench/typography gallery    docs/typography/*.png
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"newsroom.example/cards/fonts"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "typography:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return errors.New("usage: typography faults|texts|gallery")
	}
	set, err := fonts.Load()
	if err != nil {
		return err
	}
	switch args[0] {
	case "faults":
		return faults(os.Stdout, set)
	case "texts":
		return json.NewEncoder(os.Stdout).Encode(map[string]any{"faults": faultTexts, "gallery": gallery, "widths": widths(),
			"closers": closers})
	case "gallery":
		return pictures("docs/typography", set)
	}
	return fmt.Errorf("%q is no part of this", args[0])
}
