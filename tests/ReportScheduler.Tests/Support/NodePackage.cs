namespace ReportScheduler.Tests.Support;

/// <summary>Packages of npm that .ci/run puts below out/. Nothing of them runs but in a browser.</summary>
internal static class NodePackage
{
    /// <summary>A file of a package. Without the package the test is skipped, except in CI.</summary>
    public static string File(string package, string name)
    {
        var path = Path.Combine(BuiltModule.Root, "out", "npm", "node_modules", package, name);
        if (!System.IO.File.Exists(path))
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", $"CI has no {path}.");
            Assert.Skip($"The npm package {package} is not here: npm install --no-save --prefix out/npm {package}");
        }

        return path;
    }
}
