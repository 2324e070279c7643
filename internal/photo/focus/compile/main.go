// Compile converts an OpenCV cascade of local binary patterns from XML to the compact format that package focus
// embeds. Leaves and thresholds become integers, in units of 1/65536.
//
//	go run ./internal/photo/focus/compile lbpcascade_frontalface.xml internal/photo/focus/cascades/frontal.bin
package main

import (
	"encoding/binary"
	"encoding/xml"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
)

type document struct {
	Cascade struct {
		Kind   string  `xml:"featureType"`
		Width  uint8   `xml:"width"`
		Height uint8   `xml:"height"`
		Stages []stage `xml:"stages>_"`
		Cells  []struct {
			Rect string `xml:"rect"`
		} `xml:"features>_"`
	} `xml:"cascade"`
}

type stage struct {
	Threshold float64 `xml:"stageThreshold"`
	Stumps    []struct {
		Nodes  string `xml:"internalNodes"`
		Leaves string `xml:"leafValues"`
	} `xml:"weakClassifiers>_"`
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: compile CASCADE.xml OUT.bin")
		os.Exit(2)
	}
	if err := compile(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "compile:", err)
		os.Exit(1)
	}
}

func compile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	var d document
	if err := xml.Unmarshal(data, &d); err != nil {
		return err
	}
	if d.Cascade.Kind != "LBP" {
		return fmt.Errorf("%s has features of kind %q, not LBP", from, d.Cascade.Kind)
	}
	out, err := d.binary()
	if err != nil {
		return err
	}
	return os.WriteFile(to, out, 0o644)
}

// slack is what OpenCV subtracts from each stage's threshold.
const slack = 1e-5

// binary returns the format that focus.parseCascade reads and documents.
func (d document) binary() ([]byte, error) {
	out := []byte{d.Cascade.Width, d.Cascade.Height, byte(len(d.Cascade.Stages))}
	for _, s := range d.Cascade.Stages {
		out = append(out, byte(len(s.Stumps)))
		out = binary.LittleEndian.AppendUint32(out, fixed(s.Threshold-slack))
		for _, w := range s.Stumps {
			nodes, err := numbers(w.Nodes, 11)
			if err != nil {
				return nil, err
			}
			cell, err := numbers(d.Cascade.Cells[int(nodes[2])].Rect, 4)
			if err != nil {
				return nil, err
			}
			leaves, err := numbers(w.Leaves, 2)
			if err != nil {
				return nil, err
			}
			out = append(out, byte(cell[0]), byte(cell[1]), byte(cell[2]), byte(cell[3]))
			for _, bits := range nodes[3:] {
				out = binary.LittleEndian.AppendUint32(out, uint32(int32(bits)))
			}
			out = binary.LittleEndian.AppendUint32(out, fixed(leaves[0]))
			out = binary.LittleEndian.AppendUint32(out, fixed(leaves[1]))
		}
	}
	return out, nil
}

func fixed(v float64) uint32 { return uint32(int32(math.Round(v * 65536))) }

func numbers(text string, n int) ([]float64, error) {
	fields := strings.Fields(text)
	if len(fields) != n {
		return nil, fmt.Errorf("%q has not %d numbers", text, n)
	}
	out := make([]float64, n)
	for i, f := range fields {
		v, err := strconv.ParseFloat(f, 64)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}
