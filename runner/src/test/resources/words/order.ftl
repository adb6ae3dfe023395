order of ${name}
