package archive

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"newsroom.example/cards/internal/weburl"
)

// maxLine is the largest line of a file, in bytes.
const maxLine = 1 << 20

// readLines reads a list of URLs, one in each line. Empty lines and those that begin with # are left out.
func readLines(in io.Reader, each func(Story) error) error {
	return eachLine(in, func(n int, line string) error {
		if strings.HasPrefix(line, "#") {
			return nil
		}
		s := Story{Where: fmt.Sprint("line ", n)}
		s.Article.URL, s.Err = checked(line)
		return each(s)
	})
}

// checked returns a URL if it is one of the web.
func checked(address string) (string, error) {
	if address == "" {
		return "", errors.New("there is no URL")
	}
	u, err := weburl.Parse(weburl.Clean(address))
	if err != nil {
		return "", fmt.Errorf("the URL %.80q %w", address, err)
	}
	return u.String(), nil
}

// eachLine calls use for each line that is not empty, without the spaces around it.
func eachLine(in io.Reader, use func(n int, line string) error) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine)
	n := 0
	for lines.Scan() {
		n++
		line := strings.TrimSpace(lines.Text())
		if line == "" {
			continue
		}
		if err := use(n, line); err != nil {
			return err
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return fmt.Errorf("line %d has more than %d bytes", n+1, maxLine)
	}
	return lines.Err()
}

// readJSON reads articles in the form of a PUT, with an id if they have one: one after the other, or a list of them.
func readJSON(in *bufio.Reader, list bool, each func(Story) error) error {
	d := json.NewDecoder(in)
	if list {
		if _, err := d.Token(); err != nil {
			return err
		}
	}
	for n := 1; ; n++ {
		if list && !d.More() {
			if _, err := d.Token(); err != nil {
				return fmt.Errorf("article %d: is no valid JSON: %w", n, noEnd(err))
			}
			list = false // what follows is more articles
		}
		var raw json.RawMessage
		switch err := d.Decode(&raw); {
		case errors.Is(err, io.EOF) && !list:
			return nil
		case err != nil:
			return fmt.Errorf("article %d: is no valid JSON: %w", n, noEnd(err))
		}
		if err := each(ofJSON(n, raw)); err != nil {
			return err
		}
	}
}

// noEnd returns the error of JSON that ends too early for what it is.
func noEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// ofJSON returns the story of an article. Unknown fields are its error.
func ofJSON(n int, raw json.RawMessage) Story {
	s := Story{Where: fmt.Sprint("article ", n), Whole: true}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&s.Article); err != nil {
		s.Err = errors.New(strings.TrimPrefix(err.Error(), "json: "))
		return s
	}
	if s.Article.URL, s.Err = checked(s.Article.URL); s.Err == nil && s.Article.Headline == "" {
		s.Whole = false // its page has the rest
	}
	return s
}
