using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReportScheduler.Definitions;

/// <summary>JSON of a file of definitions, within bounds, and without a member that
/// comes twice: which of the two is meant, nobody can know.</summary>
internal static class JsonInput
{
    /// <summary>The largest file, in megabytes.</summary>
    public const int Megabytes = 64;

    /// <summary>How deep objects and lists may stand in one another.</summary>
    public const int Depth = 64;

    private static readonly JsonReaderOptions Options =
        new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 4096 };

    /// <exception cref="ReportException">It cannot be read, is too large or too deep, is no JSON, or has a member twice.</exception>
    public static JsonNode? Read(string file)
    {
        try
        {
            if (new FileInfo(file) is { Exists: true, Length: var length } && length > Megabytes * 1024L * 1024)
            {
                throw DefinitionErrors.DefinitionFileNotReadable(file,
                    $"it has {length / 1024 / 1024:N0} MB, and {Megabytes} MB is the most");
            }

            var text = Encoding.UTF8.GetBytes(File.ReadAllText(file));
            Check(text, file);
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowTrailingCommas = true,
                CommentHandling = JsonCommentHandling.Skip, MaxDepth = Depth });
        }
        catch (JsonException problem)
        {
            throw DefinitionErrors.DefinitionFileNotReadable(file, $"line {problem.LineNumber + 1} is not JSON");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw DefinitionErrors.DefinitionFileNotReadable(file, problem.Message, problem);
        }
    }

    private static void Check(ReadOnlySpan<byte> json, string file)
    {
        var reader = new Utf8JsonReader(json, Options);
        var open = new Stack<HashSet<string>>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open.Push(new HashSet<string>(StringComparer.Ordinal));
                    if (open.Count > Depth)
                    {
                        throw DefinitionErrors.DefinitionFileNotReadable(file, $"in line {LineOf(json, reader.TokenStartIndex)}, objects "
                            + $"and lists stand more than {Depth} deep in one another");
                    }

                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    open.Pop();
                    break;
                case JsonTokenType.PropertyName when reader.GetString() is { } name && !open.Peek().Add(name):
                    throw DefinitionErrors.DefinitionFileNotReadable(file,
                        $"line {LineOf(json, reader.TokenStartIndex)} has the member '{name}' a second time in the same object");
            }
        }
    }

    private static int LineOf(ReadOnlySpan<byte> json, long position) => 1 + json[..(int)position].Count((byte)'\n');
}
