package clicks

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"time"

	"newsroom.example/cards/internal/store"
)

// A record of a spool is the length of its payload and the CRC-32C of the payload, each four bytes in little endian,
// and the payload: a version, the number of the event, and the event.
const (
	recordHead    = 8
	maxPayload    = 1024
	recordVersion = 1
)

var (
	castagnoli = crc32.MakeTable(crc32.Castagnoli)

	errRecord  = errors.New("the record is damaged or incomplete")
	errTooLong = errors.New("the event is too long to be stored")
)

// sizeOf returns the maximum number of bytes of an event's record.
func sizeOf(e store.Event) int {
	const others = recordHead + 1 + 2*binary.MaxVarintLen64 + 16 + 2*2 + 3*2 // lengths of texts take two bytes
	return others + len(e.ArticleID) + len(e.Target) + len(e.Reason)
}

// appendRecord appends the record of an event to b.
func appendRecord(b []byte, number int64, e store.Event) []byte {
	at := len(b)
	b = append(b, make([]byte, recordHead)...)
	b = append(b, recordVersion)
	b = binary.AppendUvarint(b, uint64(number))
	b = binary.AppendVarint(b, e.At.UnixMilli())
	b = append(b, e.Visitor[:]...)
	b = binary.LittleEndian.AppendUint16(b, e.Network.Wide)
	b = binary.LittleEndian.AppendUint16(b, e.Network.Narrow)
	for _, text := range []string{e.ArticleID, e.Target, string(e.Reason)} {
		b = binary.AppendUvarint(b, uint64(len(text)))
		b = append(b, text...)
	}
	payload := b[at+recordHead:]
	binary.LittleEndian.PutUint32(b[at:], uint32(len(payload)))
	binary.LittleEndian.PutUint32(b[at+4:], crc32.Checksum(payload, castagnoli))
	return b
}

// readRecord reads the first record of b, and returns its size in bytes.
func readRecord(b []byte) (number int64, e store.Event, size int, err error) {
	if len(b) < recordHead {
		return 0, e, 0, errRecord
	}
	length := binary.LittleEndian.Uint32(b)
	if length > maxPayload || int(length) > len(b)-recordHead {
		return 0, e, 0, errRecord
	}
	size = recordHead + int(length)
	payload := b[recordHead:size]
	if crc32.Checksum(payload, castagnoli) != binary.LittleEndian.Uint32(b[4:]) {
		return 0, e, 0, errRecord
	}
	p := parser{rest: payload}
	version := p.bytes(1)
	number = int64(p.uvarint())
	e.At = time.UnixMilli(p.varint()).UTC()
	copy(e.Visitor[:], p.bytes(uint64(len(e.Visitor))))
	networks := p.bytes(4)
	e.ArticleID, e.Target, e.Reason = p.text(), p.text(), store.Reason(p.text())
	if p.failed || len(p.rest) > 0 || version[0] != recordVersion || number < 1 {
		return 0, store.Event{}, 0, errRecord
	}
	e.Network.Wide, e.Network.Narrow = binary.LittleEndian.Uint16(networks), binary.LittleEndian.Uint16(networks[2:])
	return number, e, size, nil
}

// parser takes values from the front of rest.
type parser struct {
	rest   []byte
	failed bool
}

// bytes returns the next n bytes, or n zeros, of at most maxPayload, if there are fewer.
func (p *parser) bytes(n uint64) []byte {
	if n > uint64(len(p.rest)) {
		p.failed = true
		return make([]byte, min(n, maxPayload))
	}
	b := p.rest[:n]
	p.rest = p.rest[n:]
	return b
}

func (p *parser) uvarint() uint64 {
	v, n := binary.Uvarint(p.rest)
	if n <= 0 {
		p.failed = true
		return 0
	}
	p.rest = p.rest[n:]
	return v
}

func (p *parser) varint() int64 {
	v, n := binary.Varint(p.rest)
	if n <= 0 {
		p.failed = true
		return 0
	}
	p.rest = p.rest[n:]
	return v
}

func (p *parser) text() string { return string(p.bytes(p.uvarint())) }
