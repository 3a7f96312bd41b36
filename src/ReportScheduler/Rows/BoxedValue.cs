using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace ReportScheduler.Rows;

/// <summary>Sets a cell from a value of any type, for the types that have no getter of their own.</summary>
/// <remarks>Numbers that neither a 64-bit integer nor a decimal can hold become text with all their digits.</remarks>
internal static class BoxedValue
{
    public static void Set(ref Cell cell, object value, ColumnKind column)
    {
        switch (value)
        {
            case string text when column == ColumnKind.Json: cell.SetJson(text); break;
            case string text: cell.SetText(text); break;
            case bool boolean: cell.SetBoolean(boolean); break;
            case byte or sbyte or short or ushort or int or uint or long: cell.SetInteger(
                Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case ulong number: SetInteger(ref cell, number); break;
            case BigInteger number: SetInteger(ref cell, number); break;
            case decimal number: cell.SetDecimal(number); break;
            case double number: cell.SetDouble(number); break;
            // The digits people see, 0.1 and not 0.10000000149.
            case float number: cell.SetDouble(
                double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)); break;
            case DateTime date when column == ColumnKind.Date: cell.SetDate(date); break;
            case DateTime date: cell.SetDateTime(date); break;
            case DateOnly date: cell.SetDate(date.ToDateTime(TimeOnly.MinValue)); break;
            case DateTimeOffset date: cell.SetDateTimeOffset(date); break;
            case TimeOnly time: cell.SetTime(time.ToTimeSpan()); break;
            case TimeSpan time: cell.SetTime(time); break;
            case Guid guid: cell.SetGuid(guid); break;
            case byte[] bytes: cell.SetBinary(bytes); break;
            case Array array: cell.SetJson(Json(array)); break;
            default: cell.SetText(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""); break;
        }
    }

    private static void SetInteger(ref Cell cell, BigInteger number)
    {
        if (number >= long.MinValue && number <= long.MaxValue)
        {
            cell.SetInteger((long)number);
        }
        else if (number >= (BigInteger)decimal.MinValue && number <= (BigInteger)decimal.MaxValue)
        {
            cell.SetDecimal((decimal)number);
        }
        else
        {
            cell.SetText(number.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static string Json(Array array)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, JsonText.Options))
        {
            Write(json, array);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    private static void Write(Utf8JsonWriter json, Array array)
    {
        json.WriteStartArray();
        foreach (var item in array)
        {
            if (item is null or DBNull)
            {
                json.WriteNullValue();
            }
            else if (item is Array inner)
            {
                Write(json, inner);
            }
            else
            {
                var cell = new Cell();
                Set(ref cell, item, ColumnKind.Text);
                JsonText.Write(json, cell);
            }
        }

        json.WriteEndArray();
    }
}
