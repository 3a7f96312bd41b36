using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ReportScheduler.Tests.Support;

/// <summary>Speaks enough TDS 7.4 for the real SqlClient: pre-login without encryption, login,
/// batches and sp_executesql with canned answers, errors, and attention.</summary>
/// <remarks>
/// [MS-TDS] sections 2.2.6 and 2.2.7. Database <c>nowhere</c> and user <c>wrong</c> are refused. A statement that holds <c>slow</c>
/// is answered only when it is cancelled; one that holds no canned expression is the error 208.
/// </remarks>
internal sealed class TdsResponder : IDisposable
{
    private const int MostBytes = 4000;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly IReadOnlyDictionary<string, TdsValue> answers;
    private readonly IReadOnlyDictionary<string, TdsResult[]> scripts;

    /// <param name="answers">The column and the value that <c>SELECT expression AS v</c> gives, by expression.</param>
    /// <param name="scripts">The results of whole batches, by their trimmed text; none for one that only does something.</param>
    public TdsResponder(IReadOnlyDictionary<string, TdsValue> answers, IReadOnlyDictionary<string, TdsResult[]>? scripts = null)
    {
        this.answers = answers;
        this.scripts = scripts ?? new Dictionary<string, TdsResult[]>();
        listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Each statement as it came, and for sp_executesql the types of its parameters.</summary>
    public ConcurrentQueue<(string Sql, string Types)> Statements { get; } = new();

    /// <summary>The program that the last login named.</summary>
    public string? Application { get; private set; }

    /// <summary>How many statements the client cancelled.</summary>
    public int Cancelled { get; private set; }

    /// <summary>Wants a token (FEDAUTH, [MS-TDS] 2.2.6.4 and 2.2.7.12): where it is got, what
    /// for, and whether one is good; null for user and password.</summary>
    public (string Authority, string Resource, Func<string, bool> Takes)? Federation { get; set; }

    /// <summary>The tokens that came.</summary>
    public ConcurrentQueue<string> Tokens { get; } = new();

    /// <summary>Gives a statement an answer of its own; null for the canned one.</summary>
    public Func<string, byte[]?> Script { get; set; } = _ => null;

    /// <summary>Gives a login an answer of its own; null for the usual one.</summary>
    public Func<byte[]?> LoginScript { get; set; } = () => null;

    public string Text(string database = "test", string user = "sa") =>
        $"Data Source=127.0.0.1,{Port};Initial Catalog={database};User ID={user};Password=hunter2;Encrypt=Optional";

    public void Dispose() => listener.Dispose();

    private static byte[] Header(byte type, int length) => [type, 1, (byte)(length >> 8), (byte)length, 0, 0, 1, 0];

    /// <summary>An error, and the end of the answer.</summary>
    public static byte[] Error(int number, byte severity, string text) => [.. Message(0xAA, number, severity, text), .. Done(0xFD, 2)];

    /// <summary>What PRINT and RAISERROR say, in the midst of an answer.</summary>
    public static byte[] Info(int number, byte severity, string text) => Message(0xAB, number, severity, text);

    /// <summary>A column of integers, and its rows; the end of the answer is not in it.</summary>
    public static byte[] Rows(params int[] values) =>
    [
        0x81, 1, 0, 0, 0, 0, 0, 9, 0, .. TdsValue.Int(0).Type, 1, (byte)'v', 0,
        .. values.SelectMany(value => (byte[])[0xD1, .. TdsValue.Int(value).Value]),
    ];

    /// <summary>The end of an answer of so many rows.</summary>
    public static byte[] End(int rows) => Done(0xFD, 0x10, rows);

    /// <summary>Results, and the end of the answer.</summary>
    public static byte[] Whole(params TdsResult[] results) => Answer(results, isCall: false);

    private static byte[] Message(byte kind, int number, byte severity, string text)
    {
        using var token = new MemoryStream();
        using var writer = new BinaryWriter(token);
        writer.Write(number);
        writer.Write((byte)1);
        writer.Write(severity);
        writer.Write((ushort)text.Length);
        writer.Write(Encoding.Unicode.GetBytes(text));
        writer.Write((byte)0);
        writer.Write((byte)0);
        writer.Write(1);
        return [kind, (byte)token.Length, (byte)(token.Length >> 8), .. token.ToArray()];
    }

    private static byte[] Done(byte token, ushort status, long rows = 0) =>
        [token, (byte)status, (byte)(status >> 8), 0xC1, 0, .. BitConverter.GetBytes(rows)];

    private static string Name(byte[] login, int place) =>
        Encoding.Unicode.GetString(login, BitConverter.ToUInt16(login, place), BitConverter.ToUInt16(login, place + 2) * 2);

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                _ = Task.Run(() => Talk(client));
            }
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            // disposed
        }
    }

    private async Task Talk(TcpClient client)
    {
        using var connection = client;
        try
        {
            var stream = client.GetStream();
            byte[] login = [];
            while (await Read(stream) is var (type, body) && type != 0)
            {
                var answer = type switch
                {
                    // version 16.0, encryption not supported, no instance, no MARS
                    0x12 when Federation is not null => [0, 0, 26, 0, 6, 1, 0, 32, 0, 1, 2, 0, 33, 0, 1, 4, 0, 34, 0, 1, 6, 0, 35, 0, 1,
                        0xFF, 16, 0, 0x10, 0, 0, 0, 2, 0, 0, 1],
                    0x12 => [0, 0, 21, 0, 6, 1, 0, 27, 0, 1, 2, 0, 28, 0, 1, 4, 0, 29, 0, 1, 0xFF, 16, 0, 0x10, 0, 0, 0, 2, 0, 0],
                    0x10 when Federation is { } wanted => Wanted(wanted, login = body),
                    0x08 => Federated(login, body),
                    0x10 => LoginScript() ?? Login(body),
                    0x06 => Attention(),
                    0x0E => Transaction(body),
                    0x01 => Answer(Encoding.Unicode.GetString(body.AsSpan(BitConverter.ToInt32(body))), "", isCall: false),
                    0x03 => Call(body),
                    _ => [],
                };
                if (answer.Length > 0)
                {
                    for (var sent = 0; sent < answer.Length; sent += MostBytes)
                    {
                        var part = answer.AsSpan(sent, Math.Min(MostBytes, answer.Length - sent)).ToArray();
                        var header = Header(0x04, part.Length + 8);
                        header[1] = (byte)(sent + part.Length == answer.Length ? 1 : 0);
                        await stream.WriteAsync((byte[])[.. header, .. part]);
                    }
                }
            }
        }
        catch (IOException)
        {
            // the client hung up
        }
    }

    private static async Task<(byte Type, byte[] Body)> Read(NetworkStream stream)
    {
        var body = new List<byte>();
        var header = new byte[8];
        do
        {
            if (await stream.ReadAtLeastAsync(header, 8, throwOnEndOfStream: false) < 8)
            {
                return (0, []);
            }

            var part = new byte[((header[2] << 8) | header[3]) - 8];
            await stream.ReadExactlyAsync(part);
            body.AddRange(part);
        }
        while ((header[1] & 1) == 0);
        return (header[0], [.. body]);
    }

    private byte[] Login(byte[] login)
    {
        Application = Name(login, 48);
        var (user, database) = (Name(login, 40), Name(login, 68));
        if (user == "wrong")
        {
            return Error(18456, 14, $"Login failed for user '{user}'.");
        }

        if (database == "nowhere")
        {
            return Error(4060, 11, $"Cannot open database \"{database}\" requested by the login. The login failed.");
        }

        var program = Encoding.Unicode.GetBytes("Responder");
        byte[] acknowledged = [1, 0x74, 0, 0, 4, (byte)(program.Length / 2), .. program, 16, 0, 0x10, 0];
        // the collation of the server: without it SqlClient cannot send text
        byte[] collation = [0xE3, 8, 0, 7, 5, 9, 4, 0xD0, 0, 52, 0];
        return [.. collation, 0xAD, (byte)acknowledged.Length, 0, .. acknowledged, .. Done(0xFD, 0)];
    }

    /// <summary>Where the client gets its token: information 1 is the address, 2 the
    /// resource; offsets count from the number of them.</summary>
    private static byte[] Wanted((string Authority, string Resource, Func<string, bool> Takes) wanted, byte[] login)
    {
        _ = login;
        byte[] authority = Encoding.Unicode.GetBytes(wanted.Authority), resource = Encoding.Unicode.GetBytes(wanted.Resource);
        const int Head = 4 + (2 * 9);
        byte[] body =
        [
            .. BitConverter.GetBytes(2), 1, .. BitConverter.GetBytes(authority.Length), .. BitConverter.GetBytes(Head),
            2, .. BitConverter.GetBytes(resource.Length), .. BitConverter.GetBytes(Head + authority.Length), .. authority, .. resource,
        ];
        return [0xEE, .. BitConverter.GetBytes(body.Length), .. body];
    }

    /// <summary>The token message, and the end of the login: the acknowledgement of the feature stands before the last token.</summary>
    private byte[] Federated(byte[] login, byte[] body)
    {
        var token = Encoding.Unicode.GetString(body, 8, BitConverter.ToInt32(body, 4));
        Tokens.Enqueue(token);
        if (!Federation!.Value.Takes(token))
        {
            return Error(18456, 14, "Login failed for user '<token-identified principal>'.");
        }

        var usual = Login(login);
        var end = Done(0xFD, 0).Length;
        return [.. usual[..^end], 0xAE, 2, 0, 0, 0, 0, 0xFF, .. usual[^end..]];
    }

    // begins, commits and rolls back ([MS-TDS] 2.2.6.9): the end of it, with the transaction's number
    private static byte[] Transaction(byte[] body) => BitConverter.ToUInt16(body, BitConverter.ToInt32(body)) switch
    {
        5 => [0xE3, 11, 0, 8, 8, 1, 0, 0, 0, 0, 0, 0, 1, 0, .. Done(0xFD, 0)],
        var kind => [0xE3, 11, 0, (byte)(kind == 7 ? 9 : 10), 0, 8, 1, 0, 0, 0, 0, 0, 0, 1, .. Done(0xFD, 0)],
    };

    private byte[] Attention()
    {
        Cancelled++;
        return Done(0xFD, 0x20);
    }

    /// <summary>sp_executesql: its first two parameters are the statement and the declaration of its parameters.</summary>
    private byte[] Call(byte[] body)
    {
        var place = BitConverter.ToInt32(body) + 6;
        return Answer(Parameter(), Parameter(), isCall: true);

        string Parameter()
        {
            // name, status, type 0xE7, most bytes, collation
            place += 1 + (body[place] * 2) + 2;
            if (body[place - 1] == 0x63)
            {
                // ntext: most bytes, collation, bytes
                place += 13;
                var bytes = BitConverter.ToInt32(body, place - 4);
                place += bytes;
                return Encoding.Unicode.GetString(body, place - bytes, bytes);
            }

            var isLong = BitConverter.ToUInt16(body, place) == 0xFFFF;
            place += 7;
            if (!isLong)
            {
                var length = BitConverter.ToUInt16(body, place);
                place += 2 + length;
                return Encoding.Unicode.GetString(body, place - length, length);
            }

            var text = new StringBuilder();
            place += 8;
            for (var chunk = BitConverter.ToInt32(body, place); ; chunk = BitConverter.ToInt32(body, place))
            {
                place += 4;
                if (chunk == 0)
                {
                    return text.ToString();
                }

                text.Append(Encoding.Unicode.GetString(body, place, chunk));
                place += chunk;
            }
        }
    }

    private byte[] Answer(string sql, string types, bool isCall)
    {
        Statements.Enqueue((sql, types));
        if (sql.Contains("slow", StringComparison.Ordinal))
        {
            return [];
        }

        if (Script(sql) is { } answer)
        {
            return answer;
        }

        if (scripts.TryGetValue(sql.Trim(), out var results))
        {
            return Answer(results, isCall);
        }

        var expression = answers.Keys.FirstOrDefault(key => sql == $"SELECT {key} AS v");
        if (expression is null)
        {
            return Error(208, 16, $"Invalid object name '{sql.Split(' ')[^1]}'.");
        }

        var value = answers[expression];
        byte[] column = [0x81, 1, 0, 0, 0, 0, 0, 9, 0, .. value.Type, 1, (byte)'v', 0];
        byte[] end = isCall ? [.. Done(0xFF, 0x11, 1), 0x79, 0, 0, 0, 0, .. Done(0xFE, 0)] : Done(0xFD, 0x10, 1);
        return [.. column, 0xD1, .. value.Value, .. end];
    }

    private static byte[] Answer(TdsResult[] results, bool isCall)
    {
        var answer = new List<byte>();
        foreach (var result in results)
        {
            answer.AddRange([0x81, (byte)result.Columns.Length, 0]);
            foreach (var (name, values) in result.Columns)
            {
                answer.AddRange([0, 0, 0, 0, 9, 0, .. values[0].Type, (byte)name.Length, .. Encoding.Unicode.GetBytes(name)]);
            }

            foreach (var row in Enumerable.Range(0, result.Rows))
            {
                answer.Add(0xD1);
                answer.AddRange(result.Columns.SelectMany(column => column.Values[row].Value));
            }

            // more results follow
            answer.AddRange(Done((byte)(isCall ? 0xFF : 0xFD), 0x11, result.Rows));
        }

        return [.. answer, .. isCall ? (byte[])[0x79, 0, 0, 0, 0, .. Done(0xFE, 0)] : Done(0xFD, 0)];
    }
}
