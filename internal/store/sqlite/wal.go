package sqlite

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
)

// Sizes of a write-ahead log, in bytes (https://sqlite.org/fileformat2.html#walformat).
const (
	logHeader   = 32
	frameHeader = 24
	minPage     = 512
	maxPage     = 65536
	usualPage   = 4096 // of the files that this package creates
)

// logState is what a write-ahead log holds. A log that is started anew keeps its old frames behind the new ones; they
// have other salts and are not counted.
type logState struct {
	usable  int   // frames up to the last commit, before the first frame that is damaged
	lost    int   // frames after them, if one of these is damaged
	commits int   // commits among the lost frames, as far as their headers can be trusted
	bytes   int64 // of the lost frames
}

// readLog reads a write-ahead log and verifies its checksums, as SQLite does when it opens one: it uses the frames up
// to the last commit before the first one that is damaged, and drops the others silently. Frames of a transaction that
// was not committed are no damage.
func readLog(r io.Reader) (logState, error) {
	in := bufio.NewReaderSize(r, 1<<20)
	head := make([]byte, logHeader)
	if _, err := io.ReadFull(in, head); err != nil {
		return logState{}, unlessEnd(err)
	}
	magic, page := binary.BigEndian.Uint32(head), int(binary.BigEndian.Uint32(head[8:]))
	sum := checksum{order: binary.LittleEndian}
	if magic&1 == 1 {
		sum.order = binary.BigEndian
	}
	sum.add(head[:24])
	broken := magic&^1 != 0x377f0682 || !sum.matches(head[24:])
	if page < minPage || page > maxPage || page&(page-1) != 0 {
		page = usualPage
	}
	return readFrames(in, page, salts(head[16:]), sum, broken)
}

// salts are the two numbers that the header of a log and its frames have in common.
func salts(b []byte) uint64 { return binary.BigEndian.Uint64(b) }

// readFrames reads the frames of a log. broken says that the header is damaged, so that no frame can be used.
func readFrames(in io.Reader, page int, salt uint64, sum checksum, broken bool) (s logState, err error) {
	frame := make([]byte, frameHeader+page)
	damaged, headless := broken, broken
	end := 0 // of the frames of the log
	for i := 0; ; i++ {
		n, err := io.ReadFull(in, frame)
		if n < frameHeader {
			if damaged {
				s.lost = end - s.usable
			}
			s.bytes = int64(s.lost) * int64(len(frame))
			return s, unlessEnd(err)
		}
		if headless && i == 0 {
			salt = salts(frame[8:]) // that of the header may be what is damaged
		}
		next := sum
		next.add(frame[:8])
		next.add(frame[frameHeader:])
		same, intact := salts(frame[8:]) == salt, n == len(frame) && next.matches(frame[16:])
		commit := binary.BigEndian.Uint32(frame[4:]) != 0
		switch {
		case !broken && same && intact:
			if sum, end = next, i+1; commit {
				s.usable, s.commits = end, 0
			}
			continue
		case !broken && (same || intact): // a damaged frame, or an intact one with damaged salts
			broken = true
		case !same:
			broken = true // the end, or damage if a frame of the log follows
			continue
		}
		damaged, end = true, i+1
		if commit {
			s.commits++
		}
	}
}

// unlessEnd returns nil for the end of the log.
func unlessEnd(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

// checksum is the checksum of a log: that of a frame covers all frames before it.
type checksum struct {
	order  binary.ByteOrder
	s0, s1 uint32
}

// add adds bytes, a multiple of eight.
func (c *checksum) add(b []byte) {
	for ; len(b) >= 8; b = b[8:] {
		c.s0 += c.order.Uint32(b) + c.s1
		c.s1 += c.order.Uint32(b[4:]) + c.s0
	}
}

// matches reports whether stored, in big endian, is the checksum.
func (c *checksum) matches(stored []byte) bool {
	return binary.BigEndian.Uint32(stored) == c.s0 && binary.BigEndian.Uint32(stored[4:]) == c.s1
}
