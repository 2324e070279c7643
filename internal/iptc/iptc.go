// Package iptc reads the caption and the credit that agencies and photographers write into the file of a photo: the
// fields of the IPTC Photo Metadata Standard, in the three places where files have them (XMP, ISO 16684-1; the data
// sets of IPTC-IIM 4.2; and Exif 2.32). The metadata is untrusted: its texts are not clean.
//
// A general library for metadata was tried and not taken: it reads data sets without a declared character set as
// Latin-1, where Korean agencies write EUC-KR, and it builds a tree of XMP of any size.
package iptc

import (
	"cmp"
	"strings"
)

// Metadata are the parts of a photo's file that have metadata. Each may be empty or damaged.
type Metadata struct {
	XMP  []byte // the packet
	IIM  []byte // the data sets
	Exif []byte // a TIFF structure
}

// Fields are what the file of a photo says about it. Each may be empty, and is in the encoding of the file until it is
// decoded.
type Fields struct {
	Caption   string // Description, also called Caption/Abstract
	Creator   string // the photographers
	Credit    string // Credit Line: who is to be named when the photo is published
	Copyright string // Copyright Notice
}

// maxText is the maximum length of a text that is used, in bytes. Longer ones are no captions.
const maxText = 8 << 10

// Read returns the fields. Of a field that several parts have, that of XMP is used, which is Unicode, then that of IIM,
// then that of Exif. Read never fails: what cannot be read is left out. Its time is linear in the bytes.
func Read(m Metadata) Fields {
	var all Fields
	for _, f := range []Fields{readXMP(m.XMP), readIIM(m.IIM), readExif(m.Exif)} {
		all.Caption = cmp.Or(all.Caption, f.Caption)
		all.Creator = cmp.Or(all.Creator, f.Creator)
		all.Credit = cmp.Or(all.Credit, f.Credit)
		all.Copyright = cmp.Or(all.Copyright, f.Copyright)
	}
	return all
}

// Decoded returns the fields as UTF-8. lang is the language of the story, a BCP 47 tag, which tells how texts are
// encoded that are not UTF-8; it may be empty. A text whose encoding is not found is left out.
func (f Fields) Decoded(lang string) Fields {
	return Fields{
		Caption: decoded(f.Caption, lang), Creator: decoded(f.Creator, lang),
		Credit: decoded(f.Credit, lang), Copyright: decoded(f.Copyright, lang),
	}
}

// Line returns the line that names whom the photo is from, such as "Jiwoo Han/Harbor Photos": the photographer and the
// credit line, as agencies print them, or else the copyright notice. It is empty if the file names nobody.
func (f Fields) Line() string {
	switch {
	case f.Creator == "" && f.Credit == "":
		return f.Copyright
	case f.Creator == "", holds(f.Credit, f.Creator):
		return f.Credit
	case f.Credit == "", holds(f.Creator, f.Credit):
		return f.Creator
	}
	return f.Creator + "/" + f.Credit
}

// holds reports whether a text contains another one, in capital or small letters.
func holds(s, part string) bool { return strings.Contains(strings.ToLower(s), strings.ToLower(part)) }

// usable returns a text without space around it, or "" if it is too long or none.
func usable(s string) string {
	s = strings.TrimSpace(strings.Trim(s, "\x00"))
	if len(s) > maxText {
		return ""
	}
	return s
}
