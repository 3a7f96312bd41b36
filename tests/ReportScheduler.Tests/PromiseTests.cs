using System.Text.RegularExpressions;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests;

/// <summary>docs/promises.md names sentences that are there and tests that are there, and leaves no promise of the topics and of SECURITY.md out.</summary>
public sealed partial class PromiseTests
{
    private static readonly string[] Folders = ["", "src/ReportScheduler/Module/en-US", "src/ReportScheduler/Commands"];

    private static readonly List<string[]> Rows = [.. File.ReadLines(Path.Combine(BuiltModule.Root, "docs/promises.md"))
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2)
        .Select(line => line.Trim('|', ' ').Split(" | "))];

    [Fact]
    public void The_words_of_every_promise_stand_where_the_table_says() =>
        Assert.All(Rows, row => Assert.Contains(row[1], Text(row[0]), StringComparison.Ordinal));

    [Fact]
    public void The_test_of_every_promise_is_there() => Assert.All(Rows, row =>
    {
        var name = row[2].Trim('`').Split('.');
        var tests = Assert.Single(typeof(PromiseTests).Assembly.GetTypes(), type => type.Name == name[0]);
        Assert.True(name.Length == 1 || tests.GetMethod(name[1]) is not null, row[2]);
    });

    [Theory]
    [InlineData("SECURITY.md")]
    [InlineData("about_ReportScheduler_Security.help.txt")]
    public void Every_sentence_with_a_word_of_promise_is_in_the_table(string file)
    {
        var kept = Rows.Where(row => row[0] == file).Select(row => row[1]).ToList();
        Assert.All(
            Sentence().Split(Text(file)).Where(sentence => Promise().IsMatch(sentence)),
            sentence => Assert.Contains(kept, words => sentence.Contains(words.Split(". ")[0], StringComparison.Ordinal)));
    }

    private static string Text(string file)
    {
        var path = Folders.Select(folder => Path.Combine(BuiltModule.Root, folder, file)).First(File.Exists);
        return Space().Replace(File.ReadAllText(path).Replace("///", "", StringComparison.Ordinal), " ");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"(?<=[.;:]) ")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\b(always|never|everything|good once|exactly once)\b")]
    private static partial Regex Promise();
}
