using ReportScheduler.Files;

namespace ReportScheduler.Tests.Files;

public sealed class PrivateFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("report-scheduler-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(FileMode.CreateNew, false)]
    [InlineData(FileMode.Create, false)]
    [InlineData(FileMode.Create, true)]
    [InlineData(FileMode.OpenOrCreate, false)]
    [InlineData(FileMode.OpenOrCreate, true)]
    [InlineData(FileMode.Open, true)]
    [InlineData(FileMode.Truncate, true)]
    public void A_file_is_opened_in_every_way_and_made_for_its_owner_alone(FileMode mode, bool exists)
    {
        var path = Path.Combine(folder, "file");
        if (exists)
        {
            File.WriteAllText(path, "kept");
        }

        using (var file = PrivateFile.Open(path, mode, FileShare.None))
        {
            file.WriteByte(1);
        }

        if (!OperatingSystem.IsWindows() && !exists)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void A_copy_has_its_name_when_it_is_whole()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a file that can be opened and not read");
        var path = Path.Combine(folder, "file");
        Assert.Throws<IOException>(() => PrivateFile.Copy("/proc/self/mem", path));
        Assert.False(File.Exists(path));
        // what one that was cut off left is in nobody's way
        File.WriteAllText(Path.Combine(folder, "source"), "whole");
        PrivateFile.Copy(Path.Combine(folder, "source"), path);
        Assert.Equal("whole", File.ReadAllText(path));
        Assert.Equal(["file", "source"], Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Throws<IOException>(() => PrivateFile.Copy(Path.Combine(folder, "source"), path));
        Assert.Equal(2, Directory.EnumerateFiles(folder).Count());
    }

    [Fact]
    public void Many_that_copy_a_file_at_once_are_in_nobody_s_way()
    {
        var source = Path.Combine(folder, "source");
        File.WriteAllBytes(source, new byte[3 << 20]);
        for (var round = 0; round < 10; round++)
        {
            var path = Path.Combine(folder, $"file{round}");
            Parallel.For(0, 4, _ => PrivateFile.CopyMissing(source, path));
            Assert.Equal(3 << 20, new FileInfo(path).Length);
        }

        Assert.Equal(11, Directory.EnumerateFiles(folder).Count());
    }

    [Theory]
    [InlineData(FileMode.Open)]
    [InlineData(FileMode.Truncate)]
    public void A_file_that_is_not_there_is_not_made_by_opening_it(FileMode mode)
    {
        Assert.Throws<FileNotFoundException>(() => PrivateFile.Open(Path.Combine(folder, "file"), mode, FileShare.None));
        Assert.Empty(Directory.GetFiles(folder));
    }
}
