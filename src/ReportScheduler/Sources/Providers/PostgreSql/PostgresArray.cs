using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ReportScheduler.Text;

namespace ReportScheduler.Sources.Providers.PostgreSql;

/// <summary>Turns the text of a PostgreSQL array, such as <c>{1,NULL,"a b"}</c>, into JSON. Numbers keep every digit.</summary>
/// <remarks>PostgreSQL documentation, 8.15.6 "Array Input and Output Syntax".</remarks>
internal static class PostgresArray
{
    private static readonly HashSet<string> Numbers = ["smallint", "integer", "bigint", "numeric", "real", "double precision", "oid"];

    /// <param name="text">The server's text.</param>
    /// <param name="element">The type of the elements.</param>
    public static string ToJson(string text, string element)
    {
        var json = new StringBuilder();
        // bounds that do not begin at 1 stand in front: [0:1]={a,b}
        var place = text.IndexOf('{', StringComparison.Ordinal);
        while (place < text.Length)
        {
            switch (text[place])
            {
                case '{':
                    json.Append('[');
                    place++;
                    break;
                case '}':
                    json.Append(']');
                    place++;
                    break;
                case ',':
                    json.Append(',');
                    place++;
                    break;
                case '"':
                    json.Append(Quoted(text, ref place));
                    break;
                default:
                    var end = text.IndexOfAny([',', '}'], place);
                    json.Append(Bare(text[place..end], element));
                    place = end;
                    break;
            }
        }

        return json.ToString();
    }

    private static string Quoted(string text, ref int place)
    {
        var value = new StringBuilder();
        for (place++; text[place] != '"'; place++)
        {
            place += text[place] == '\\' ? 1 : 0;
            value.Append(text[place]);
        }

        place++;
        return Text(value.ToString());
    }

    private static string Bare(string value, string element) => value switch
    {
        "NULL" => "null",
        "t" when element == "boolean" => "true",
        "f" when element == "boolean" => "false",
        _ when Numbers.Contains(element) && char.IsDigit(value[^1]) => value,
        _ => Text(value),
    };

    private static string Text(string value) =>
        $"\"{JsonEncodedText.Encode(WholeText.Of(value), JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
