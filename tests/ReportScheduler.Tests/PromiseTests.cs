using System.Text.RegularExpressions;
using System.Xml.Linq;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests;

/// <summary>docs/promises.md names sentences that are there and tests that are there, and leaves
/// no word of promise in README, SECURITY.md, topics and help out.</summary>
public sealed partial class PromiseTests
{
    private static readonly string[] Folders = ["", "src/ReportScheduler/Module/en-US", "src/ReportScheduler/Commands",
        "src/ReportScheduler.Build"];

    /// <summary>File, words and test of a promise; file and words of what is none.</summary>
    private static readonly List<string[]> Rows = [.. File.ReadLines(Path.Combine(BuiltModule.Root, "docs/promises.md"))
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .Select(line => line.Trim('|', ' ').Split(" | "))
        .Where(row => row[0] != "file" && !row[0].StartsWith("---", StringComparison.Ordinal))];

    [Fact]
    public void The_words_of_every_promise_stand_where_the_table_says() =>
        Assert.All(Rows, row => Assert.Contains(row[1], Text(row[0]), StringComparison.Ordinal));

    [Fact]
    public void The_test_of_every_promise_is_there() => Assert.All(Rows.Where(row => row.Length > 2), row =>
    {
        var name = row[2].Trim('`').Split('.');
        var tests = Assert.Single(typeof(PromiseTests).Assembly.GetTypes(), type => type.Name.Split('`')[0] == name[0]);
        Assert.True(name.Length == 1 || tests.GetMethod(name[1]) is not null, row[2]);
    });

    [Theory]
    [InlineData("README.md")]
    [InlineData("SECURITY.md")]
    [InlineData("about_ReportScheduler.help.txt")]
    [InlineData("about_ReportScheduler_Security.help.txt")]
    public void Every_sentence_with_a_word_of_promise_is_in_a_table(string file) =>
        CheckSentences(Text(file), [.. Rows.Where(row => row[0] == file).Select(row => row[1])]);

    [Fact]
    public void Every_sentence_of_the_help_with_a_word_of_promise_is_in_a_table()
    {
        XNamespace maml = "http://schemas.microsoft.com/maml/2004/10";
        var help = XDocument.Load(Path.Combine(BuiltModule.Folder, "en-US", "ReportScheduler.dll-Help.xml"));
        string[] kept = [.. Rows.Where(row => row[0].EndsWith(".cs", StringComparison.Ordinal)).Select(row => row[1])];
        Assert.All(help.Descendants(maml + "para").Select(paragraph => Space().Replace(paragraph.Value, " ")).Distinct(),
            paragraph => CheckSentences(paragraph, kept));
    }

    private static void CheckSentences(string text, string[] kept) => Assert.All(
        Sentence().Split(text).Where(sentence => Promise().IsMatch(sentence)),
        sentence => Assert.Contains(kept, words => sentence.Contains(Sentence().Split(words)[0], StringComparison.Ordinal)));

    private static string Text(string file)
    {
        var path = Folders.Select(folder => Path.Combine(BuiltModule.Root, folder, file)).First(File.Exists);
        return Space().Replace(File.ReadAllText(path).Replace("///", "", StringComparison.Ordinal), " ");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"(?<=[.;:]) ")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"(?<!at )\bonce\b(?! more)|\b(always|never|everything|nothing|only)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Promise();
}
