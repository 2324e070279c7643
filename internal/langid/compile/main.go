// Command compile writes the n-grams of npm's eld in the format of package langid.
//
//	compile DICTIONARY.js NGRAMS.js DIR
//
// It also writes which character sets have each Chinese character. DICTIONARY has the characters that stand for bytes
// in NGRAMS. Only the languages of scripts that several languages share are kept: the others are told by their script.
// The
// result is the same on every machine.
package main

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// tags are the languages that are kept, by their names in eld. Its ku is in Arabic letters.
var tags = map[string]string{"ku": "ckb", "no": "nb"}

func init() {
	for same := range strings.FieldsSeq("az ca cs da de en es et eu fi fr hr hu is it lt lv ms nl pl pt ro sk sl sq sv " +
		"tl tr vi yo be bg ru sr uk ar fa ur hi mr") {
		tags[same] = same
	}
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: compile DICTIONARY.js NGRAMS.js DIR")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "compile:", err)
		os.Exit(1)
	}
}

func run(dictionary, ngrams, dir string) error {
	raw, err := os.ReadFile(dictionary)
	if err != nil {
		return err
	}
	bytesOf, err := readDictionary(string(raw))
	if err != nil {
		return fmt.Errorf("%s: %w", dictionary, err)
	}
	if raw, err = os.ReadFile(ngrams); err != nil {
		return err
	}
	m, err := readNgrams(string(raw), bytesOf)
	if err != nil {
		return fmt.Errorf("%s: %w", ngrams, err)
	}
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	return errors.Join(os.WriteFile(filepath.Join(dir, "ngrams.zst"), enc.EncodeAll(m.encode(), nil), 0o644),
		os.WriteFile(filepath.Join(dir, "han.zst"), enc.EncodeAll(characterSets(), nil), 0o644))
}

var (
	quoted  = regexp.MustCompile(`'((?:[^'\\]|\\.)*)'`)
	names   = regexp.MustCompile(`(\d+):'([a-z]+)'`)
	entries = regexp.MustCompile(`(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^',:{}"]+)):\{([\d:,]+)\}`)
)

// readDictionary returns the byte for each character of the dictionary. Letters of ASCII stand for themselves.
func readDictionary(js string) (map[rune]byte, error) {
	_, list, ok := strings.Cut(js, "dictionary = [")
	all := quoted.FindAllStringSubmatch(list, -1)
	if !ok || len(all) != 256 {
		return nil, fmt.Errorf("%d characters, want 256", len(all))
	}
	bytesOf := map[rune]byte{}
	for b, m := range all {
		r := []rune(unescape(m[1]))
		if len(r) != 1 {
			return nil, fmt.Errorf("byte %d is %q", b, m[1])
		}
		if r[0] != ' ' {
			bytesOf[r[0]] = byte(b)
		}
	}
	bytesOf[' '] = ' '
	return bytesOf, nil
}

func unescape(s string) string {
	return strings.NewReplacer(`\\`, `\`, `\'`, `'`, `\"`, `"`).Replace(s)
}

// row is an n-gram and its scores by language.
type row struct {
	key    uint64
	scores [][2]byte
}

type model struct {
	tags []string
	rows []row
}

func readNgrams(js string, bytesOf map[rune]byte) (*model, error) {
	head, body, ok := strings.Cut(js, "ngrams:{")
	if !ok {
		return nil, errors.New("no n-grams")
	}
	m, kept := &model{}, map[string]byte{}
	for _, name := range names.FindAllStringSubmatch(head, -1) {
		if tag, ok := tags[name[2]]; ok {
			kept[name[1]] = byte(len(m.tags))
			m.tags = append(m.tags, tag)
		}
	}
	if len(m.tags) != len(tags) {
		return nil, fmt.Errorf("%d languages, want %d", len(m.tags), len(tags))
	}
	for _, e := range entries.FindAllStringSubmatch(body, -1) {
		var key [8]byte
		gram := []rune(unescape(cmp.Or(e[1], e[2], e[3])))
		if len(gram) > 6 {
			return nil, fmt.Errorf("%q is too long", string(gram))
		}
		for i, r := range gram {
			b, ok := bytesOf[r]
			if !ok {
				return nil, fmt.Errorf("%q has an unknown character", string(gram))
			}
			key[i] = b
		}
		r := row{key: binary.BigEndian.Uint64(key[:])}
		for pair := range strings.SplitSeq(e[4], ",") {
			name, score, _ := strings.Cut(pair, ":")
			n, err := strconv.ParseUint(score, 10, 8)
			if err != nil {
				return nil, err
			}
			if at, ok := kept[name]; ok {
				r.scores = append(r.scores, [2]byte{at, byte(n)})
			}
		}
		if len(r.scores) > 0 {
			m.rows = append(m.rows, r)
		}
	}
	slices.SortFunc(m.rows, func(a, b row) int { return cmp.Compare(a.key, b.key) })
	return m, nil
}

// encode writes the tags, then the numbers of rows, then columns: the differences of the keys, the numbers of scores,
// the languages, and the scores.
func (m *model) encode() []byte {
	out := binary.AppendUvarint(nil, uint64(len(m.tags)))
	for _, t := range m.tags {
		out = append(binary.AppendUvarint(out, uint64(len(t))), t...)
	}
	out = binary.AppendUvarint(out, uint64(len(m.rows)))
	var counts, langs, scores bytes.Buffer
	before := uint64(0)
	for _, r := range m.rows {
		out = binary.AppendUvarint(out, r.key-before)
		before = r.key
		counts.WriteByte(byte(len(r.scores)))
		for _, s := range r.scores {
			langs.WriteByte(s[0])
			scores.WriteByte(s[1])
		}
	}
	return slices.Concat(out, counts.Bytes(), langs.Bytes(), scores.Bytes())
}
