using System.Reflection;
using System.Text.RegularExpressions;
using ReportScheduler.Commands;

namespace ReportScheduler.Tests.Attacks;

/// <summary>Every pattern of the module against texts made of its own characters, none of which may take it long.</summary>
/// <remarks>
/// A pattern that tries exponentially many ways never ends on these lengths. <c>REPORTSCHEDULER_ATTACK_REGEX</c> sets another
/// length than 300 characters; 1,000 was tried.
/// </remarks>
public sealed class RegexAttackTests
{
    private static readonly TimeSpan Never = TimeSpan.FromMinutes(1);

    private static int Length =>
        int.TryParse(Environment.GetEnvironmentVariable("REPORTSCHEDULER_ATTACK_REGEX"), out var length) ? length : 300;

    public static TheoryData<string> Patterns() =>
        [.. Generated().Select(method => $"{method.DeclaringType!.Name}.{method.Name}").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void A_pattern_ends_on_its_own_characters_repeated(string name)
    {
        var made = Generated().Single(method => $"{method.DeclaringType!.Name}.{method.Name}" == name)
            .GetCustomAttribute<GeneratedRegexAttribute>()!;
        var pattern = new Regex(made.Pattern, made.Options, Never);
        char[] letters = [.. made.Pattern.Append(' ').Append('\n').Append('a').Append('Z').Append('7').Append('\'').Distinct()];
        foreach (var repeated in letters.SelectMany(_ => letters, (first, second) => first == second ? $"{first}" : $"{first}{second}"))
        {
            var text = string.Concat(Enumerable.Repeat(repeated, Length / repeated.Length)) + "\u0001";
            Assert.InRange(pattern.Count(text), 0, text.Length + 1);
        }
    }

    [Fact]
    public void Every_pattern_is_found() => Assert.InRange(Generated().Count(), 40, 400);

    private static IEnumerable<MethodInfo> Generated() => typeof(ReportCommand).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(method => method.IsDefined(typeof(GeneratedRegexAttribute)));
}
