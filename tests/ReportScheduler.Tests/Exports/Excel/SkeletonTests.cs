using System.IO.Compression;
using ReportScheduler.Exports.Excel;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Exports.Excel;

/// <remarks>After a change of the design: <c>REPORTSCHEDULER_UPDATE_SKELETON=1</c> writes the skeleton.</remarks>
public sealed class SkeletonTests
{
    [Theory]
    [InlineData("xl/styles.xml")]
    [InlineData("xl/theme/theme1.xml")]
    [InlineData("xl/worksheets/sheet1.xml")]
    public void The_embedded_skeleton_is_what_ClosedXML_makes_of_the_design(string part)
    {
        if (Environment.GetEnvironmentVariable("REPORTSCHEDULER_UPDATE_SKELETON") == "1")
        {
            File.WriteAllBytes(Path.Combine(BuiltModule.Root, "src/ReportScheduler/Exports/Excel/Skeleton.xlsx"), SkeletonDesign.Save());
        }

        using var embedded = typeof(Skeleton).Assembly.GetManifestResourceStream("Skeleton.xlsx")!;
        using var designed = new MemoryStream(SkeletonDesign.Save());
        if (Environment.GetEnvironmentVariable("REPORTSCHEDULER_UPDATE_SKELETON") is { Length: > 0 } path)
        {
            File.WriteAllBytes(path, designed.ToArray());
        }

        Assert.Equal(Text(designed, part), Text(embedded, part));
    }

    private static string Text(Stream zip, string part)
    {
        using var archive = new ZipArchive(zip);
        using var reader = new StreamReader(archive.GetEntry(part)!.Open());
        return reader.ReadToEnd();
    }
}
