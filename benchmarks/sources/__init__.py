"""Rows of files, SQL, Modbus and MQTT: a source with its journal beside the plain use of the same library."""
