package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestNumbersAreReadable(t *testing.T) {
	for v, want := range map[float64]string{0: "-", 0.1234: "0.12", 9.876: "9.88", 12.34: "12.3", 123.4: "123", 1234.5: "1,234", 1234567: "1,234,567"} {
		if got := number(v); got != want {
			t.Errorf("%v: %q, want %q", v, got, want)
		}
	}
	for v, want := range map[float64]string{0.5: "0.5", 24: "24", 1000000: "1,000,000"} {
		if got := count(v); got != want {
			t.Errorf("%v: %q, want %q", v, got, want)
		}
	}
	if got := cell("two\nlines | one bar"); got != "two lines / one bar" {
		t.Errorf("cell: %q", got)
	}
}

func sampleReport() report {
	return report{
		Machine: machine{Processor: "a processor", Cores: 2, Load: "3.1"},
		Rows: []row{
			{Work: "photo <card>", Unit: "cards/s", Ours: figure{80, 70, 90, 3}, Goal: "twice", Reach: 2.1, Met: met,
				Others: []other{{Name: "one & other", Value: figure{40, 39, 41, 3}, Ratio: figure{2, 1.8, 2.2, 3}, Mode: "two processes"}, {Name: "absent", Note: "no\nsuch tool"}}},
			{Work: "size", Unit: "MB", Ours: figure{43, 43, 43, 1}, Goal: "at most 45 MB", Reach: 43, Met: met},
		},
		Curves: []curve{{Name: "by pixels", XLabel: "megapixels", Points: []point{{1, 10, 11}, {2, 20, 22}}, Value: 1, Met: met, Goal: "linear"}},
		Notes:  []string{"something\nwent | wrong"},
	}
}

func TestThePageHoldsWhatWasFound(t *testing.T) {
	var out bytes.Buffer
	if err := pageTemplate.Execute(&out, pageData{report: sampleReport(), Growth: &growth{Articles: 1_000_000, Cards: 100_000}}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"| photo <card> | cards/s | 80.0 (70.0 to 90.0) | one & other 40.0 | twice | 2.10 | yes |",
		"| one & other | 40.0 (39.0 to 41.0) | 2.00 (1.80 to 2.20) | - | two processes  |",
		"| absent | - | - | - |  no such tool |",
		"| size | MB | 43.0 | - | at most 45 MB | 43.0 | yes |",
		"> Incomplete: something went / wrong",
		"1,000,000 articles",
		"load 3.1 on 2 cores",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for line := range strings.Lines(out.String()) {
		if strings.HasPrefix(line, "|") && !strings.HasSuffix(line, "|\n") {
			t.Errorf("a row that does not end: %q", line)
		}
	}
}

func TestTheChartIsXMLWithABarForEachMeasured(t *testing.T) {
	picture := chart(sampleReport())
	bars := 0
	for dec := xml.NewDecoder(bytes.NewReader(picture)); ; {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "line" {
			bars++
		}
	}
	if bars != 2 {
		t.Errorf("%d bars", bars)
	}
}
