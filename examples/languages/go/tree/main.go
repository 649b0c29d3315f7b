// A command that works on a folder as programs do: it makes, writes, renames, lists, reads, changes and removes files, and
// says what it sees. The program in rust/tree does and says the same. usage: tree FOLDER, an empty one
package main

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

func main() {
	must(os.Chdir(os.Args[1]))
	section("made", makeTree)
	section("renamed", rename)
	section("read", read)
	section("changed in place", change)
	section("times", times)
	section("many", many)
	section("refused", refused)
	section("removed", remove)
}

func section(name string, body func()) {
	fmt.Println("--", name)
	body()
}

func makeTree() {
	must(os.MkdirAll("a/b/c", 0o777))
	must(os.Mkdir("a/d", 0o777))
	must(os.Mkdir("empty", 0o777))
	write("a/one.txt", []byte("one\n"))
	write("a/b/two.txt", []byte("two\n"))
	write("a/b/c/large.bin", pattern(100_000))
	write("grün ✓.txt", []byte("a name beyond ASCII\n"))
	write("nothing", nil)
	list(".")
}

func rename() {
	must(os.Rename("a/b/two.txt", "a/d/zwei.txt"))
	must(os.Rename("a/b", "moved")) // a folder with what is in it
	write("old", []byte("to be replaced\n"))
	must(os.Rename("a/one.txt", "old"))
	list(".")
}

func read() {
	show("a/d/zwei.txt")
	show("old")
	large, err := os.ReadFile("moved/c/large.bin")
	must(err)
	fmt.Printf("large.bin: %d bytes, CRC %08x\n", len(large), crc32.ChecksumIEEE(large))
}

func change() {
	appended, err := os.OpenFile("old", os.O_WRONLY|os.O_APPEND, 0)
	must(err)
	_, err = appended.WriteString("more\n")
	must(err)
	must(appended.Close())
	show("old")

	file, err := os.OpenFile("moved/c/large.bin", os.O_RDWR, 0)
	must(err)
	must(file.Truncate(5))
	_, err = file.Seek(8, io.SeekStart) // a hole of three bytes
	must(err)
	_, err = file.WriteString("end")
	must(err)
	end, err := file.Seek(0, io.SeekCurrent)
	must(err)
	_, err = file.Seek(-6, io.SeekEnd)
	must(err)
	rest, err := io.ReadAll(file)
	must(err)
	must(file.Sync())
	must(file.Close())
	fmt.Printf("position %d, the last six bytes %q\n", end, rest)
	fmt.Println("size", stat("moved/c/large.bin").Size())
}

func times() {
	when := time.Unix(1_000_000_000, 500_000_000)
	must(os.Chtimes("old", when, when))
	fmt.Println("modified", stat("old").ModTime().UnixMilli())
	write("new", nil)
	age := time.Since(stat("new").ModTime())
	fmt.Println("just now:", -time.Minute < age && age < time.Minute)
	must(os.Remove("new"))
}

// More entries than a buffer of readdir holds.
func many() {
	must(os.Mkdir("many", 0o777))
	for i := range 500 {
		write(fmt.Sprintf("many/an entry with a long name, number %03d", i), nil)
	}
	entries, err := os.ReadDir("many")
	must(err)
	fmt.Println(len(entries), "entries,", entries[0].Name(), "to", entries[len(entries)-1].Name())
	must(os.RemoveAll("many"))
}

func refused() {
	_, err := os.Open("missing")
	say("open what is not there", err)
	_, err = os.Stat("old/below")
	say("look below a file", err)
	say("make what is there", os.Mkdir("a", 0o777))
	_, err = os.OpenFile("old", os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	say("create what is there", err)
	say("remove what is not empty", syscall.Rmdir("a"))
	say("remove a file as a folder", syscall.Rmdir("old"))
	say("rename what is not there", os.Rename("missing", "other"))
}

func remove() {
	must(os.Remove("nothing"))
	must(os.Remove("empty"))
	list(".")
	for _, name := range names(".") {
		must(os.RemoveAll(name))
	}
	fmt.Println("left:", len(names(".")))
}

func list(folder string) {
	must(filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		must(err)
		switch {
		case path == folder:
		case entry.IsDir():
			fmt.Printf("%s/\n", path)
		default:
			fmt.Println(path, stat(path).Size())
		}
		return nil
	}))
}

func show(path string) {
	text, err := os.ReadFile(path)
	must(err)
	fmt.Printf("%s: %q\n", path, text)
}

func write(path string, content []byte) {
	must(os.WriteFile(path, content, 0o666))
}

func stat(path string) fs.FileInfo {
	info, err := os.Stat(path)
	must(err)
	return info
}

func names(folder string) []string {
	entries, err := os.ReadDir(folder)
	must(err)
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

func pattern(size int) []byte {
	bytes := make([]byte, size)
	for i := range bytes {
		bytes[i] = byte(i * 7 >> 3)
	}
	return bytes
}

func say(what string, err error) {
	answer := fmt.Sprint(err)
	for name, kind := range map[string]error{
		"not found":       fs.ErrNotExist,
		"exists":          syscall.EEXIST,
		"not empty":       syscall.ENOTEMPTY,
		"not a directory": syscall.ENOTDIR,
	} {
		if errors.Is(err, kind) {
			answer = name
		}
	}
	fmt.Printf("%s: %s\n", what, answer)
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
