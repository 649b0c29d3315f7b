const std = @import("std");

pub fn build(b: *std.Build) void {
    const reactor = b.addExecutable(.{
        .name = "reactor",
        .root_module = b.createModule(.{
            .root_source_file = b.path("reactor.zig"),
            .target = b.resolveTargetQuery(.{ .cpu_arch = .wasm32, .os_tag = .wasi }),
            .optimize = .ReleaseSmall,
        }),
    });
    reactor.wasi_exec_model = .reactor;
    reactor.rdynamic = true; // keep the exported functions
    b.installArtifact(reactor);
}
