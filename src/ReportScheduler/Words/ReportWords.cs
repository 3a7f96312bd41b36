using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ReportScheduler.Words;

/// <summary>The phrases of reports in the language of a culture, from one resource file per
/// language. Other languages, and the invariant culture, are English.</summary>
internal sealed class ReportWords
{
    private const string English = "en";

    private static readonly ConcurrentDictionary<string, Dictionary<string, string>?> Files = new(StringComparer.Ordinal);

    private static readonly ConditionalWeakTable<CultureInfo, ReportWords> Known = [];

    private readonly Dictionary<string, string> phrases;

    private ReportWords(CultureInfo culture, string language, Dictionary<string, string> phrases) =>
        (Culture, Language, this.phrases) = (culture, language, phrases);

    /// <summary>The languages that there are words of, as two letters of ISO 639-1.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sv", "ja", "zh",
        "ar", "he", "fa"];

    /// <summary>The language of the words, as two letters of ISO 639-1.</summary>
    public string Language { get; }

    /// <summary>Whether the words run from left to right and the culture's own from right to left.</summary>
    public bool IsForeign => Culture.TextInfo.IsRightToLeft && Language is not ("ar" or "he" or "fa");

    /// <summary>The culture of numbers and dates in the phrases.</summary>
    public CultureInfo Culture { get; }

    /// <summary>A phrase as it is.</summary>
    public string this[string name] => phrases[name];

    public static ReportWords Of(CultureInfo culture) => Known.GetValue(culture, Make);

    private static ReportWords Make(CultureInfo culture)
    {
        var language = culture.TwoLetterISOLanguageName;
        return Read(language) is { } phrases
            ? new ReportWords(culture, language, phrases)
            : new ReportWords(culture, English, Read(English)!);
    }

    /// <summary>The names of all phrases, without their plural forms.</summary>
    internal static IEnumerable<string> Names(string language) => Read(language)!.Keys.Select(name => name.Split('.')[0]).Distinct();

    /// <summary>A phrase with values in it.</summary>
    public string With(string name, params object?[] values) => string.Format(Culture, phrases[name], values);

    /// <summary>Several words behind each other, with the comma of the language between them.</summary>
    public string List(IEnumerable<string> items) => string.Join(phrases["listComma"], items);

    /// <summary>A phrase in the form that goes with a number.</summary>
    /// <param name="name">Its name, without the form.</param>
    /// <param name="number">The number, which is the first value.</param>
    /// <param name="values">Further values.</param>
    public string Count(string name, long number, params object?[] values)
    {
        var phrase = phrases.TryGetValue($"{name}.{PluralForm.Of(Language, number)}", out var form)
            ? form
            : phrases[$"{name}.{PluralForm.Other}"];
        return string.Format(Culture, phrase, [number.ToString("N0", Culture), .. values]);
    }

    private static Dictionary<string, string>? Read(string language) => Files.GetOrAdd(language, static name =>
    {
        using var file = typeof(ReportWords).Assembly.GetManifestResourceStream($"Words.{name}.json");
        return file is null ? null : Phrases(file);
    });

    // token by token: the serializer costs 25 ms before the first file of a process
    private static Dictionary<string, string> Phrases(Stream file)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var reader = new Utf8JsonReader(bytes);
        var phrases = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                phrases[name] = reader.GetString()!;
            }
        }

        return phrases;
    }
}
