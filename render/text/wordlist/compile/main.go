// Command compile converts the word lists of ICU to those of package wordlist.
//
//	compile ICUDATA DIR
//
// ICUDATA is a file that contains ICU's data, such as icudt72l.dat or libicudata.so.72: "CmnD" is in its header.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// lists are the dictionaries of ICU by the names that package wordlist has for them.
var lists = map[string]string{
	"cjk": "cjdict", "thai": "thaidict", "lao": "laodict", "khmer": "khmerdict", "burmese": "burmesedict",
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: compile ICUDATA DIR")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "compile:", err)
		os.Exit(1)
	}
}

func run(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	at := bytes.Index(data, []byte("\xda\x27\x14\x00\x00\x00\x00\x00\x02\x00CmnD")) - 2
	if at < 0 {
		return errors.New("no data of ICU in little-endian order")
	}
	for name, dictionary := range lists {
		if err := convert(data[at:], dictionary, filepath.Join(to, name)); err != nil {
			return fmt.Errorf("%s: %w", dictionary, err)
		}
	}
	return nil
}

func convert(data []byte, dictionary, to string) error {
	raw, err := item(data, "brkitr/"+dictionary+".dict")
	if err != nil {
		return err
	}
	words, err := readDictionary(raw)
	if err != nil {
		return err
	}
	words = prune(words)
	laid, err := lay(words)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%s: %d words, %d nodes\n", dictionary, len(words), len(laid)/5)
	return os.WriteFile(to, laid, 0o644)
}
