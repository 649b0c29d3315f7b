// Strings: build, split, replace, compare, convert numbers, decode UTF-8.
package main

import (
	"strconv"
	"strings"
	"unicode"
)

const verse = "Det var en gång en kugge som drev en kvarn, och kvarnen malde år efter år; "

//go:wasmexport run
func run(n int32) int64 {
	var text strings.Builder
	for i := range n {
		text.WriteString(verse)
		text.WriteString(strconv.Itoa(int(i)*37 + 5))
		text.WriteByte(' ')
	}
	all := strings.ReplaceAll(text.String(), "kvarn", "vattenkvarn")
	var check int64
	for _, word := range strings.Fields(all) {
		if number, err := strconv.Atoi(word); err == nil {
			check += int64(number)
			continue
		}
		word = strings.ToUpper(strings.TrimRight(word, ",;"))
		for _, letter := range word {
			if unicode.IsLetter(letter) {
				check = check*31 + int64(letter)
			}
		}
	}
	check += int64(strings.Count(all, "år"))
	for _, part := range strings.Split(all, "; ") {
		if strings.Contains(part, "99") {
			check += int64(len(part))
		}
	}
	return check
}

func main() {}
