package request

import (
	"encoding/json"
	"testing"
)

// TestMerged has the examples of RFC 7396, appendix A, whose target and patch are objects.
func TestMerged(t *testing.T) {
	for _, tt := range []struct{ target, patch, want string }{
		{`{"a":"b"}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"b"}`, `{"b":"c"}`, `{"a":"b","b":"c"}`},
		{`{"a":"b"}`, `{"a":null}`, `{}`},
		{`{"a":"b","b":"c"}`, `{"a":null}`, `{"b":"c"}`},
		{`{"a":["b"]}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"c"}`, `{"a":["b"]}`, `{"a":["b"]}`},
		{`{"a":{"b":"c"}}`, `{"a":{"b":"d","c":null}}`, `{"a":{"b":"d"}}`},
		{`{"a":[{"b":"c"}]}`, `{"a":[1]}`, `{"a":[1]}`},
		{`{"e":null}`, `{"a":1}`, `{"a":1,"e":null}`},
		{`{}`, `{"a":{"bb":{"ccc":null}}}`, `{"a":{"bb":{}}}`},
	} {
		var target, patch map[string]json.RawMessage
		if json.Unmarshal([]byte(tt.target), &target) != nil || json.Unmarshal([]byte(tt.patch), &patch) != nil {
			t.Fatal(tt)
		}
		if got, err := json.Marshal(merged(target, patch)); err != nil || string(got) != tt.want {
			t.Errorf("%s with %s: %s, want %s", tt.target, tt.patch, got, tt.want)
		}
	}
}
