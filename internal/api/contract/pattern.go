package contract

import "regexp"

// pattern matches the paths of a template, such as "/cards/{id}/{size}.{format}".
type pattern struct {
	re    *regexp.Regexp
	names []string
	fixed int // bytes of the template outside of its braces
}

var placeholder = regexp.MustCompile(`\{([a-z_]+)\}`)

func patternOf(template string) (p pattern) {
	expr, end := "^", 0
	for _, at := range placeholder.FindAllStringSubmatchIndex(template, -1) {
		expr += regexp.QuoteMeta(template[end:at[0]]) + "([^/]+)"
		p.fixed += at[0] - end
		p.names = append(p.names, template[at[2]:at[3]])
		end = at[1]
	}
	p.fixed += len(template) - end
	p.re = regexp.MustCompile(expr + regexp.QuoteMeta(template[end:]) + "$")
	return p
}

// match returns the values of a path, or nil if it is none of the template.
func (p pattern) match(path string) map[string]string {
	found := p.re.FindStringSubmatch(path)
	if found == nil {
		return nil
	}
	values := map[string]string{}
	for i, name := range p.names {
		values[name] = unescaped(found[i+1])
	}
	return values
}
