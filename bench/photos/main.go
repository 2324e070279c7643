// Command photos decodes a corpus of pictures with package photo, ImageMagick and sharp, and writes the table of
// docs/photos.md: how many files of each kind each of them takes, and how different the pictures look.
//
//	go run ./bench/photos make DIR     makes the corpus, a folder for each kind
//	node bench/photos/sharp.mjs DIR    decodes it with sharp, into DIR/.sharp
//	go run ./bench/photos compare DIR  decodes it here and with ImageMagick, and writes the table
//
// The corpus has files that are made here, with libjpeg-turbo's programs, ImageMagick and libwebp, and the pictures of
// the tests of Go and of golang.org/x/image (BSD-3-Clause), among them a part of PngSuite.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: photos make|compare DIR")
		os.Exit(2)
	}
	run := map[string]func(dir string) error{"make": makeCorpus, "compare": compare}[os.Args[1]]
	if run == nil {
		fmt.Fprintln(os.Stderr, "photos: no command", os.Args[1])
		os.Exit(2)
	}
	if err := run(os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "photos:", err)
		os.Exit(1)
	}
}
