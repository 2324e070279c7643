package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestHugePages: the beginning of the heap is advised to have huge pages.
func TestHugePages(t *testing.T) {
	if os.Getenv("CARDS_TEST_HUGE_PAGES") != "" {
		useHugePages()
		printAdvised()
		return
	}
	if _, err := os.Stat("/sys/kernel/mm/transparent_hugepage"); errors.Is(err, fs.ErrNotExist) {
		t.Skip("this kernel has no transparent huge pages")
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestHugePages$", "-test.v")
	cmd.Env = append(os.Environ(), "CARDS_TEST_HUGE_PAGES=1")
	out, err := cmd.CombinedOutput()
	if err != nil || !bytes.Contains(out, []byte("advised: true")) {
		t.Errorf("%v: %s", err, out)
	}
}

// printAdvised prints whether a range of memory as large as the beginning of the heap is advised to have huge pages.
func printAdvised() {
	raw, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		fmt.Println(err)
		return
	}
	var start, end int64
	for line := range strings.Lines(string(raw)) {
		var a, b int64
		if n, _ := fmt.Sscanf(line, "%x-%x ", &a, &b); n == 2 {
			start, end = a, b
		}
		if flags, ok := strings.CutPrefix(line, "VmFlags:"); ok && strings.Contains(flags, " hg") {
			fmt.Println("advised:", end-start >= startHeap)
		}
	}
}
