package client

import (
	"encoding/json"
	"fmt"
)

// plainArticle is an Article whose byline is in the form of the API.
type plainArticle struct {
	articleFields
	Byline json.RawMessage `json:"byline,omitempty"`
}

type articleFields Article

// MarshalJSON writes the article in the form of the API, in which Authors are the byline.
func (a Article) MarshalJSON() ([]byte, error) {
	var byline any = a.Byline
	if len(a.Authors) > 0 {
		byline = a.Authors
	}
	out := plainArticle{articleFields: articleFields(a)}
	if len(a.Authors) > 0 || a.Byline != "" {
		raw, err := json.Marshal(byline)
		if err != nil {
			return nil, err
		}
		out.Byline = raw
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads an article in the form of the API. A byline that is a list becomes the Authors.
func (a *Article) UnmarshalJSON(raw []byte) error {
	in := plainArticle{articleFields: articleFields(*a)}
	if err := json.Unmarshal(raw, &in); err != nil {
		return err
	}
	*a = Article(in.articleFields)
	if len(in.Byline) == 0 {
		return nil
	}
	if json.Unmarshal(in.Byline, &a.Byline) == nil {
		return nil
	}
	var list []json.RawMessage
	if err := json.Unmarshal(in.Byline, &list); err != nil {
		return fmt.Errorf("byline: %w", err)
	}
	a.Byline, a.Authors = "", make([]Author, len(list))
	for i, each := range list {
		if json.Unmarshal(each, &a.Authors[i].Name) == nil {
			continue
		}
		if err := json.Unmarshal(each, &a.Authors[i]); err != nil {
			return fmt.Errorf("byline: %w", err)
		}
	}
	return nil
}
