package client

import "encoding/json"

// By returns the authors of a Byline, of an article that a caller made or that the service answered. A string is one
// author.
func (a Article) By() []Author {
	raw, err := json.Marshal(a.Byline)
	if err != nil {
		return nil
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		list = []json.RawMessage{raw}
	}
	var all []Author
	for _, each := range list {
		var by Author
		if json.Unmarshal(each, &by.Name) != nil {
			_ = json.Unmarshal(each, &by) // what is no author has no name
		}
		if by.Name != "" {
			all = append(all, by)
		}
	}
	return all
}
