package main

import "testing"

// TestVerdicts: the measurement fails if the service failed, or did too little.
func TestVerdicts(t *testing.T) {
	for _, tt := range []struct {
		why  string
		add  map[string]int // one response more, by its kind and status
		good bool
	}{
		{"as it should be", nil, true},
		{"overloaded", map[string]int{"card jpeg": 503, "upload jpeg": 503}, true},
		{"no response", map[string]int{"upload jpeg": 0}, false},
		{"an error of the service", map[string]int{"card jpeg": 500}, false},
		{"a bomb is drawn", map[string]int{"card bomb-png": 200}, false},
		{"a bomb is stored", map[string]int{"upload bomb-png": 201}, false},
	} {
		c := &counts{n: map[string]int{}}
		c.add("card jpeg", 200)
		c.add("upload jpeg", 201)
		c.add("card bomb-png", 422)
		for what, status := range tt.add {
			c.add(what, status)
		}
		if err := c.check(); (err == nil) != tt.good {
			t.Errorf("%s: %v", tt.why, err)
		}
	}
	for why, refused := range map[string]string{"no card is drawn": "card jpeg", "no upload is accepted": "upload jpeg"} {
		c := &counts{n: map[string]int{}}
		c.add(refused, 403)
		if refused == "card jpeg" {
			c.add("upload jpeg", 201)
		} else {
			c.add("card jpeg", 200)
		}
		if c.check() == nil {
			t.Errorf("%s, and all is well", why)
		}
	}
}
