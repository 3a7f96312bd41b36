using System.IO.Compression;
using ReportScheduler.Exports.Excel;

namespace ReportScheduler.Tests.Exports.Excel;

public sealed class PackageWriterTests
{
    [Theory]
    [InlineData(uint.MaxValue)]
    // as for files over 4 GB
    [InlineData(1000)]
    public void Parts_read_back_with_the_framework_and_with_unzip(long small)
    {
        var path = Path.GetTempFileName();
        try
        {
            var random = new byte[3_000_000];
            new Random(1).NextBytes(random);
            using (var file = File.Create(path))
            {
                var package = new PackageWriter(file, new DateTime(2026, 11, 24, 9, 0, 0), small);
                using var part = new PartWriter(package, "large.bin", headLength: 100_000);
                for (var at = 0; at < random.Length; at += 50_000)
                {
                    part.Buffer.Add(random.AsSpan(at, 50_000));
                    part.Pass();
                }

                part.Complete("head"u8);
                package.Add("small.txt", "small");
                // fills what waits in memory to the brim, so that its head is written behind it in the middle of that
                package.Add("middle.bin", random.AsSpan(0, 262_000));
                package.Add("last.txt", "last");
                package.Complete();
            }

            using (var zip = ZipFile.OpenRead(path))
            {
                using var large = new MemoryStream();
                using (var opened = zip.GetEntry("large.bin")!.Open())
                {
                    opened.CopyTo(large);
                }

                Assert.Equal("head"u8.ToArray(), large.ToArray()[..4]);
                Assert.Equal(random, large.ToArray()[100_000..]);
                using var text = new StreamReader(zip.GetEntry("small.txt")!.Open());
                Assert.Equal("small", text.ReadToEnd());
                using var middle = new MemoryStream();
                using (var opened = zip.GetEntry("middle.bin")!.Open())
                {
                    opened.CopyTo(middle);
                }

                Assert.Equal(random[..262_000], middle.ToArray());
                using var last = new StreamReader(zip.GetEntry("last.txt")!.Open());
                Assert.Equal("last", last.ReadToEnd());
            }

            if (File.Exists("/usr/bin/unzip"))
            {
                using var unzip = System.Diagnostics.Process.Start(
                    new System.Diagnostics.ProcessStartInfo("/usr/bin/unzip", ["-tq", path]) { RedirectStandardOutput = true })!;
                var said = unzip.StandardOutput.ReadToEnd();
                unzip.WaitForExit();
                Assert.True(unzip.ExitCode == 0, said);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }
}
