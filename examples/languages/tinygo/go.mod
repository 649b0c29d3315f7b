module kugg/examples

go 1.24
