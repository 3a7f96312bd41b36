using System.Diagnostics;

namespace ReportScheduler.Tests.Exports;

/// <summary>Opens files with LibreOffice and saves what it saw.</summary>
internal static class LibreOffice
{
    private const string Program = "/usr/bin/soffice";

    /// <param name="path">The file.</param>
    /// <param name="format">The extension of the other format, with LibreOffice's filter options behind a colon where needed.</param>
    /// <returns>The other file, beside the first.</returns>
    public static string Convert(string path, string format)
    {
        if (!File.Exists(Program))
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "CI has no LibreOffice.");
            Assert.Skip("There is no LibreOffice; install libreoffice-calc.");
        }

        var folder = Path.GetDirectoryName(path)!;
        using var office = Process.Start(new ProcessStartInfo(Program, [$"-env:UserInstallation=file://{folder}/profile", "--headless",
            "--convert-to", format, "--outdir", folder, path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Assert.True(office.WaitForExit(120_000), "LibreOffice did not end.");
        return Path.ChangeExtension(path, format.Split(':')[0]);
    }
}
