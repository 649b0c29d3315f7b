//! A command that works on a folder as programs do: it makes, writes, renames, lists, reads,
//! changes and removes files, and says what it sees. The program in `go/tree` does and says the
//! same. usage: tree FOLDER, an empty one

use std::env;
use std::fs::{self, File, FileTimes, OpenOptions};
use std::io::{self, ErrorKind, Read, Result, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

type Step = fn(&Tree) -> Result<()>;

/// Paths are below this folder: WASI has no current one.
struct Tree(PathBuf);

fn main() -> Result<()> {
    let folder = env::args_os().nth(1).expect("usage: tree FOLDER");
    let tree = Tree(PathBuf::from(folder));
    let steps: [(&str, Step); 8] = [
        ("made", Tree::make),
        ("renamed", Tree::rename),
        ("read", Tree::read),
        ("changed in place", Tree::change),
        ("times", Tree::times),
        ("many", Tree::many),
        ("refused", Tree::refused),
        ("removed", Tree::remove),
    ];
    for (name, step) in steps {
        println!("-- {name}");
        step(&tree)?;
    }
    Ok(())
}

impl Tree {
    fn make(&self) -> Result<()> {
        fs::create_dir_all(self.at("a/b/c"))?;
        fs::create_dir(self.at("a/d"))?;
        fs::create_dir(self.at("empty"))?;
        fs::write(self.at("a/one.txt"), "one\n")?;
        fs::write(self.at("a/b/two.txt"), "two\n")?;
        fs::write(self.at("a/b/c/large.bin"), pattern(100_000))?;
        fs::write(self.at("grün ✓.txt"), "a name beyond ASCII\n")?;
        fs::write(self.at("nothing"), "")?;
        self.list("")
    }

    fn rename(&self) -> Result<()> {
        fs::rename(self.at("a/b/two.txt"), self.at("a/d/zwei.txt"))?;
        fs::rename(self.at("a/b"), self.at("moved"))?; // a folder with what is in it
        fs::write(self.at("old"), "to be replaced\n")?;
        fs::rename(self.at("a/one.txt"), self.at("old"))?;
        self.list("")
    }

    fn read(&self) -> Result<()> {
        self.show("a/d/zwei.txt")?;
        self.show("old")?;
        let large = fs::read(self.at("moved/c/large.bin"))?;
        println!(
            "large.bin: {} bytes, CRC {:08x}",
            large.len(),
            crc32(&large)
        );
        Ok(())
    }

    fn change(&self) -> Result<()> {
        let mut appended = OpenOptions::new().append(true).open(self.at("old"))?;
        appended.write_all(b"more\n")?;
        drop(appended);
        self.show("old")?;

        let path = self.at("moved/c/large.bin");
        let mut file = OpenOptions::new().read(true).write(true).open(&path)?;
        file.set_len(5)?;
        file.seek(SeekFrom::Start(8))?; // a hole of three bytes
        file.write_all(b"end")?;
        let end = file.stream_position()?;
        file.seek(SeekFrom::End(-6))?;
        let mut rest = Vec::new();
        file.read_to_end(&mut rest)?;
        file.sync_all()?;
        drop(file);
        println!("position {end}, the last six bytes {}", quoted(&rest));
        println!("size {}", fs::metadata(path)?.len());
        Ok(())
    }

    fn times(&self) -> Result<()> {
        let when = UNIX_EPOCH + Duration::from_millis(1_000_000_000_500);
        let times = FileTimes::new().set_accessed(when).set_modified(when);
        let old = OpenOptions::new().write(true).open(self.at("old"))?;
        old.set_times(times)?;
        drop(old);
        let modified = fs::metadata(self.at("old"))?.modified()?;
        let since = modified.duration_since(UNIX_EPOCH).unwrap();
        println!("modified {}", since.as_millis());

        let new = File::create(self.at("new"))?.metadata()?.modified()?;
        let now = SystemTime::now();
        let age = now
            .duration_since(new)
            .unwrap_or_else(|ahead| ahead.duration());
        println!("just now: {}", age < Duration::from_secs(60));
        fs::remove_file(self.at("new"))
    }

    /// More entries than a buffer of readdir holds.
    fn many(&self) -> Result<()> {
        fs::create_dir(self.at("many"))?;
        for i in 0..500 {
            let name = format!("many/an entry with a long name, number {i:03}");
            fs::write(self.at(&name), "")?;
        }
        let names = self.names("many")?;
        println!(
            "{} entries, {} to {}",
            names.len(),
            names[0],
            names[names.len() - 1]
        );
        fs::remove_dir_all(self.at("many"))
    }

    fn refused(&self) -> Result<()> {
        say("open what is not there", File::open(self.at("missing")));
        say("look below a file", fs::metadata(self.at("old/below")));
        say("make what is there", fs::create_dir(self.at("a")));
        say("create what is there", File::create_new(self.at("old")));
        say("remove what is not empty", fs::remove_dir(self.at("a")));
        say("remove a file as a folder", fs::remove_dir(self.at("old")));
        say(
            "rename what is not there",
            fs::rename(self.at("missing"), self.at("other")),
        );
        Ok(())
    }

    fn remove(&self) -> Result<()> {
        fs::remove_file(self.at("nothing"))?;
        fs::remove_dir(self.at("empty"))?;
        self.list("")?;
        for name in self.names("")? {
            let path = self.at(&name);
            if path.is_dir() {
                fs::remove_dir_all(path)?;
            } else {
                fs::remove_file(path)?;
            }
        }
        println!("left: {}", self.names("")?.len());
        Ok(())
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    fn list(&self, folder: &str) -> Result<()> {
        for name in self.names(folder)? {
            let path = if folder.is_empty() {
                name
            } else {
                format!("{folder}/{name}")
            };
            let metadata = fs::metadata(self.at(&path))?;
            if metadata.is_dir() {
                println!("{path}/");
                self.list(&path)?;
            } else {
                println!("{path} {}", metadata.len());
            }
        }
        Ok(())
    }

    fn names(&self, folder: &str) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.at(folder))? {
            names.push(entry?.file_name().into_string().unwrap());
        }
        names.sort();
        Ok(names)
    }

    fn show(&self, path: &str) -> Result<()> {
        println!("{path}: {}", quoted(&fs::read(self.at(path))?));
        Ok(())
    }
}

fn pattern(size: usize) -> Vec<u8> {
    (0..size).map(|i| (i * 7 >> 3) as u8).collect()
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = !0u32;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = crc >> 1 ^ if crc & 1 == 1 { 0xEDB8_8320 } else { 0 };
        }
    }
    !crc
}

/// The bytes as Go's `%q` writes them.
fn quoted(bytes: &[u8]) -> String {
    let escaped: String = bytes.escape_ascii().to_string();
    format!("\"{escaped}\"")
}

fn say<T>(what: &str, result: Result<T>) {
    let answer = match result {
        Ok(_) => "no error".to_string(),
        Err(error) => name(&error),
    };
    println!("{what}: {answer}");
}

/// What `notempty` is in WASI; the standard library does not know it there.
const NOT_EMPTY: i32 = 55;

fn name(error: &io::Error) -> String {
    if error.raw_os_error() == Some(NOT_EMPTY) {
        return "not empty".to_string();
    }
    match error.kind() {
        ErrorKind::NotFound => "not found".to_string(),
        ErrorKind::AlreadyExists => "exists".to_string(),
        ErrorKind::NotADirectory => "not a directory".to_string(),
        _ => error.to_string(),
    }
}
