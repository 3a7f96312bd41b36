using ReportScheduler.Files;

namespace ReportScheduler.Tests.Files;

public sealed class OutputFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("report-output-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1 << 16)]
    public void What_a_killed_process_left_of_a_file_is_not_in_the_next_one(int buffer)
    {
        var path = Path.Combine(folder, "sales.csv");
        File.WriteAllText(path + ".part", "the rows of a run that was killed");
        using (var file = new OutputFile(path, buffer))
        {
            file.Stream.Write("id"u8);
            Assert.Equal(path, file.Complete());
        }

        Assert.Equal("id", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder));
    }
}
