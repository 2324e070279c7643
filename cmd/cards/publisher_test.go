package main

import "testing"

func TestFacebookPublisher(t *testing.T) {
	for raw, ok := range map[string]bool{
		"": true, "https://www.facebook.com/harborpost": true, "https://facebook.com/harborpost/": true, "https://ko-kr.facebook.com/x": true,
		"http://www.facebook.com/x": false, "https://www.facebook.com/": false, "https://facebook.com.example/x": false, "https://notfacebook.com/x": false,
		"harborpost": false, "https://a@www.facebook.com/x": false, "https://www.facebook.com:8443/x": false,
	} {
		if err := checkPublisher(raw); (err == nil) != ok {
			t.Errorf("%q: %v", raw, err)
		}
	}
}
