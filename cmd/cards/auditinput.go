package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"newsroom.example/cards/client"
	"newsroom.example/cards/handlers/articles"
	"newsroom.example/cards/internal/advice"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/audit"
)

// maxInput is how much of a file is read, in bytes.
const maxInput = 64 << 20

// readBounded reads a file of at most maxInput bytes.
func readBounded(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxInput+1))
	if err == nil && len(data) > maxInput {
		err = fmt.Errorf("%s has more than %d MiB", path, maxInput>>20)
	}
	return data, err
}

// namedArticle is an article of a file, with the name under which it is reported.
type namedArticle struct {
	name    string
	article article.Article
}

// input is the stories that an argument names.
type input struct {
	pages    []string // their URLs
	articles []namedArticle
	ids      []string // of articles that a service has
}

// readStories reads a file with articles in JSON, one or several or a list of them, or with one URL in each line.
func readStories(path string) (in input, err error) {
	data, err := readBounded(path)
	if err != nil {
		return input{}, err
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if start := bytes.TrimSpace(data); len(start) > 0 && (start[0] == '{' || start[0] == '[') {
		in.articles, err = readArticles(path, data)
		return in, err
	}
	for i, line := range strings.Split(string(data), "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case !isURL(line):
			return input{}, usagef("%s:%d: %.80q is no URL", path, i+1, line)
		default:
			in.pages = append(in.pages, line)
		}
	}
	return in, nil
}

// readArticles reads the articles of a file.
func readArticles(path string, data []byte) (all []namedArticle, err error) {
	bodies, err := splitJSON(data)
	if err != nil {
		return nil, usagef("%s: is no valid JSON: %v", path, err)
	}
	for i, body := range bodies {
		a, err := articles.Decode("audited", body)
		name := path
		if len(bodies) > 1 {
			name = fmt.Sprintf("%s#%d", path, i+1)
		}
		if err != nil {
			return nil, usagef("%s: %s", name, oneLine(err))
		}
		all = append(all, namedArticle{name, a})
	}
	return all, nil
}

// splitJSON returns the values of a file. Of a list it returns the elements.
func splitJSON(data []byte) (all []json.RawMessage, err error) {
	for dec := json.NewDecoder(bytes.NewReader(data)); ; {
		var value json.RawMessage
		if err := dec.Decode(&value); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		if value[0] != '[' {
			all = append(all, value)
			continue
		}
		var list []json.RawMessage
		if err := json.Unmarshal(value, &list); err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
}

// ofService returns the report of an article that a service has.
func ofService(ctx context.Context, service *client.Client, id string) audit.Report {
	r := audit.Report{Story: id}
	got, err := service.AuditArticle(ctx, id)
	if err != nil {
		r.Err = err
		return r
	}
	kinds := advice.Kinds()
	for _, w := range got.Warnings {
		kind := advice.Kind{Code: w.Code, Level: advice.Fault} // the photo's error, or the check of a newer service
		if i := slices.IndexFunc(kinds, func(k advice.Kind) bool { return k.Code == w.Code }); i >= 0 {
			kind = kinds[i]
		}
		r.Checks = append(r.Checks, advice.Check{Kind: kind, Field: w.Field, Size: w.Size, Message: w.Message})
	}
	return r
}
